"""A team adjusted by hand: warned of the same, kept to think about, and asked whole or not at all."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from teamhub.access.actor import Role
from teamhub.core import clock
from teamhub.missions.composing.models import TeamDraft
from teamhub.missions.models import Invitation, Seat
from teamhub.notifications.models import Notification


@pytest.fixture
def scene(make, skill, person_with):
    class Scene:
        care, school = make.unit("Omsorg", code="OM"), make.unit("Skole", code="SK")
        lead = make.person("Liv Leder", unit=care)
        mission = make.mission(lead)
        starts = clock.today() + timedelta(days=7)
        design = make.seat(mission, role="Design", starts_on=starts, ends_on=starts)
        design.skill_id, design.level = skill.id, 3
        make.session.commit()
        process = make.seat(mission, role="Prosess", starts_on=starts, ends_on=starts)
        anna = person_with("Anna Kan", level=3, unit=school)
        bo = person_with("Bo Kan Litt", level=1, unit=school)
        here = f"/missions/{mission.id}/team"

        def put(self, **who):
            return [f"{getattr(self, seat).id}.{person.id}" for seat, person in who.items()]

    return Scene()


def look(browser, scene, *put, seat=None):
    answer = browser.get(f"{scene.here}/draft", query_string={"put": put, "seat": seat or ""})
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html5lib")


def test_what_is_wrong_with_a_team_by_hand_is_told_and_it_can_be_chosen_all_the_same(scene, sign_in, db):
    browser = sign_in(scene.lead)
    put = scene.put(design=scene.bo, process=scene.anna)

    found = look(browser, scene, *put)

    assert "Bo Kan Litt mangler 2 nivåer i Klarspråk." in found.select_one(".notice[data-kind=warn]").text
    assert browser.post(f"{scene.here}/invite", data={"put": put}).status_code == 303
    assert set(db.session.scalars(select(Invitation.person_id))) == {scene.bo.id, scene.anna.id}


def test_somebody_is_swapped_and_what_changes_is_seen_before_it_is_done(scene, sign_in):
    browser = sign_in(scene.lead)

    found = look(browser, scene, *scene.put(process=scene.bo), seat=scene.design.id)
    other = found.select_one("#others .person")
    assert "Anna Kan" in other.text
    assert "2 områder" in other.text

    after = BeautifulSoup(browser.get(other.select_one("a.ds-button")["href"]).text, "html5lib")
    assert "Teamet er helt, og alt stemmer." in after.text


def test_a_whole_team_is_asked_or_nobody(scene, sign_in, make, db):
    browser = sign_in(scene.lead)
    make.seat(scene.mission, scene.anna, role="Alt her")
    put = scene.put(design=scene.bo, process=scene.anna)

    answer = browser.post(f"{scene.here}/invite", data={"put": put, "message": "Bli med!"})

    assert answer.status_code == 422
    assert "Prosess: Anna Kan er alt spurt om eller har en plass i dette teamet." in answer.text
    assert "Bli med!" in answer.text
    assert db.session.scalars(select(Invitation)).all() == []
    assert db.session.get(Seat, scene.design.id).state == "open"


def test_a_team_is_kept_and_opened_again_and_nobody_in_it_is_told(scene, sign_in, db):
    browser = sign_in(scene.lead)
    put = scene.put(design=scene.anna, process=scene.bo)

    assert (
        browser.post(f"{scene.here}/drafts", data={"put": put, "name": "Smalt og raskt"}).status_code == 303
    )

    drafts = BeautifulSoup(browser.get(f"{scene.here}/drafts").text, "html5lib")
    kept = next(a for a in drafts.select(".row a") if a.text == "Smalt og raskt")
    opened = BeautifulSoup(browser.get(kept["href"]).text, "html5lib")
    assert [n.text for n in opened.select(".seats .who__name")] == ["Anna Kan", "Bo Kan Litt"]
    assert db.session.scalars(select(Notification.person_id)).all() == []
    assert sign_in(scene.anna).get(f"{scene.here}/drafts").status_code == 403


def test_a_draft_without_a_name_is_not_kept_and_the_team_stays(scene, sign_in, db):
    browser = sign_in(scene.lead)

    answer = browser.post(f"{scene.here}/drafts", data={"put": scene.put(design=scene.anna), "name": " "})

    assert answer.status_code == 422
    assert "Gi forslaget et navn." in answer.text
    assert "Anna Kan" in answer.text
    assert db.session.scalars(select(TeamDraft)).all() == []


def test_a_draft_is_let_go_of(scene, sign_in, db):
    browser = sign_in(scene.lead)
    browser.post(f"{scene.here}/drafts", data={"put": scene.put(design=scene.anna), "name": "Et forslag"})
    draft_id = db.session.scalar(select(TeamDraft.id))

    assert browser.post(f"{scene.here}/drafts/{draft_id}/remove").status_code == 303
    assert db.session.scalars(select(TeamDraft)).all() == []


@pytest.mark.parametrize("step", ["draft", "drafts", "invite", "suggest"])
def test_only_lead_and_owner_put_a_team_together(scene, sign_in, make, step):
    stranger = sign_in(make.person())
    ask = stranger.post if step in {"drafts", "invite"} else stranger.get

    assert ask(f"{scene.here}/{step}").status_code == 403


def test_seats_and_people_of_elsewhere_are_not_asked(scene, sign_in, make, db):
    elsewhere = make.seat(make.mission(make.person()), role="Fremmed")

    answer = sign_in(scene.lead).post(
        f"{scene.here}/invite", data={"put": [f"{elsewhere.id}.{scene.anna.id}"]}
    )

    assert answer.status_code == 422
    assert db.session.scalars(select(Invitation)).all() == []


def test_the_board_sets_what_leads_may_weigh_and_others_may_look(scene, sign_in, make):
    board = sign_in(make.person("Styret", Role.BOARD_MEMBER))
    form = BeautifulSoup(board.get("/missions/weights").text, "html5lib").select_one("form.form")
    values = {field["name"]: field.get("value", "") for field in form.select("input[name]")}

    assert board.post("/missions/weights", data=values | {"match_most": "60"}).status_code == 303
    wrong = board.post("/missions/weights", data=values | {"match_most": "1"})
    assert wrong.status_code == 422
    assert "Det minste må være høyst så mye som det meste" in wrong.text

    shown = sign_in(scene.lead).get("/missions/weights").text
    assert "<td>60</td>" in shown
    assert sign_in(scene.lead).post("/missions/weights", data=values).status_code == 403
