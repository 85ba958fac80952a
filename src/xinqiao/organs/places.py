"""The places of an office's territory, to be chosen from: those that have not ended, each under the one above it."""

from django.db.models import QuerySet

from xinqiao.organs.models import Place


def living_places(root_id: int) -> QuerySet[Place]:
    """The places in use, in the order in which they were entered."""
    return Place.objects.filter(root_id=root_id, ended_on=None)


def place_tree(root_id: int) -> list[tuple[int, Place]]:
    """Every place with its depth, each directly before what lies in it."""
    below: dict[int | None, list[Place]] = {}
    for row in living_places(root_id):
        below.setdefault(row.parent_id, []).append(row)
    found: list[tuple[int, Place]] = []

    def walk(parent: int | None, depth: int) -> None:
        for row in below.get(parent, []):
            found.append((depth, row))
            walk(row.pk, depth + 1)

    walk(None, 0)
    return found


def place_choices(root_id: int) -> list[tuple[str, str]]:
    """For a select: the whole name as a matter keeps it (禾川县云溪镇柳湾村), and the own name set in by its depth."""
    whole: dict[int, str] = {}
    choices = []
    for depth, row in place_tree(root_id):
        whole[row.pk] = whole.get(row.parent_id or 0, "") + row.name
        choices.append((whole[row.pk], "　" * depth + row.label))
    return choices
