"""A browser without JavaScript: links, forms and cookies, over real HTTP."""

from __future__ import annotations

from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, Request, build_opener

from bs4 import BeautifulSoup, Tag


class PlainBrowser:
    """What a person sees and can press when nothing but HTML works."""

    def __init__(self, base: str) -> None:
        self.base = self.address = base
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self.status = 0
        self.page = BeautifulSoup("", "html5lib")

    @property
    def text(self) -> str:
        return " ".join(self.page.get_text().split())

    def open(self, path: str) -> PlainBrowser:
        return self._send(Request(urljoin(self.base, path)))

    def follow(self, words: str) -> PlainBrowser:
        """Follow the first link whose text holds ``words``."""
        link = next(a for a in self.page.select("a[href]") if words in " ".join(a.get_text().split()))
        return self.open(link["href"])

    def press(self, words: str, **fields: str) -> PlainBrowser:
        """Press the first button whose text holds ``words``, with ``fields`` filled in in its form."""
        button = next(b for b in self.page.select("button") if words in " ".join(b.get_text().split()))
        form = (
            self.page.select_one(f"#{button['form']}") if button.get("form") else button.find_parent("form")
        )
        assert form is not None, f"«{words}» is in no form"
        values = self._values(form) | {name: [value] for name, value in fields.items()}
        if button.get("name"):
            values[button["name"]] = [button.get("value", "")]
        return self._submit(form, button, values)

    def _submit(self, form: Tag, button: Tag, values: dict[str, list[str]]) -> PlainBrowser:
        address = urljoin(self.address, button.get("formaction") or form.get("action") or self.address)
        encoded = urlencode(values, doseq=True)
        if form.get("method", "get").lower() == "get":
            return self._send(Request(f"{address.split('?')[0]}?{encoded}"))
        return self._send(Request(address, data=encoded.encode(), headers={"Origin": self.base}))

    def _values(self, form: Tag) -> dict[str, list[str]]:
        """What the form would send as it stands. Fields that belong to it from outside count too."""
        fields = form.select("input[name], select[name], textarea[name]")
        if form.get("id"):
            fields += self.page.select(f"[name][form={form['id']}]")
        values: dict[str, list[str]] = {}
        for field in fields:
            kind = field.get("type", "")
            if kind in {"checkbox", "radio"} and not field.has_attr("checked"):
                continue
            values.setdefault(field["name"], []).append(self._value(field))
        return values

    @staticmethod
    def _value(field: Tag) -> str:
        if field.name == "textarea":
            return field.text
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            return chosen.get("value", "") if chosen else ""
        return field.get("value", "on" if field.get("type") == "checkbox" else "")

    def choice(self, words: str, name: str) -> str:
        """Return the value of the radio button or option called ``name`` whose label holds ``words``."""
        for label in self.page.select("label.choice"):
            field = label.select_one(f"input[name={name}]")
            if field is not None and words in " ".join(label.get_text().split()):
                return field["value"]
        option = next(o for o in self.page.select(f"select[name={name}] option") if words in o.text)
        return option["value"]

    def _send(self, request: Request) -> PlainBrowser:
        request.add_header("Accept-Language", "nb")
        try:
            answer = self.opener.open(request, timeout=30)
        except HTTPError as error:
            answer = error
        self.status, self.address = answer.status, answer.url
        self.page = BeautifulSoup(answer.read().decode(), "html5lib")
        return self
