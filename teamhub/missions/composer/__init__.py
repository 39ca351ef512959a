"""The team composer: needs in, proposals out. It knows no database, no web and nothing else of Teamhub."""
