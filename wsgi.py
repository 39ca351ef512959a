"""What servers and `flask` import: the application."""

from teamhub import create_app

app = create_app()
