"""The pages of the room: the board, one task, the list, the columns, my work."""

from teamhub.tasks.views import board, columns, lists, moving, one
from teamhub.tasks.views.blueprint import bp

__all__ = ["board", "bp", "columns", "lists", "moving", "one"]
