"""``xinqiao token make USERNAME`` and ``xinqiao token end NAME``: keys for programs, told once and kept as a hash."""

from collections.abc import Sequence

from xinqiao.cli import home


def run(argv: Sequence[str]) -> int:
    """Make or end API tokens."""
    return home.guarded("token", _run, argv)


def _run(argv: Sequence[str]) -> int:
    parser = home.Parser(prog="xinqiao token", description="Make or end a token for the API.")
    parser.add_argument("do", choices=["make", "list", "end"])
    parser.add_argument("username")
    parser.add_argument("--name", default="api", help="what the token is for")
    parser.add_argument("--days", type=int, default=90, help="how long it holds (90)")
    options = parser.parse_args(argv)
    if not 1 <= options.days <= 3650:
        raise home.WrongInput("--days takes a number from 1 to 3650")
    with home.django():
        return {"make": _make, "list": _list, "end": _end}[options.do](options)


def _user(username: str):  # type: ignore[no-untyped-def]
    from xinqiao.organs.models import User

    user = User.objects.filter(username=username).first()
    if user is None:
        raise home.WrongInput(f"there is no account {username!r}")
    return user


def _make(options) -> int:  # type: ignore[no-untyped-def]
    from xinqiao.api.callers import new_token

    print(new_token(_user(options.username), name=options.name, days=options.days))
    return home.DONE


def _list(options) -> int:  # type: ignore[no-untyped-def]
    for token in _user(options.username).tokens.order_by("created_at"):
        print(f"{token.name}  made {token.created_at:%Y-%m-%d}  holds until {token.expires_at:%Y-%m-%d}")
    return home.DONE


def _end(options) -> int:  # type: ignore[no-untyped-def]
    ended, _rows = _user(options.username).tokens.filter(name=options.name).delete()
    print(f"{ended} tokens ended")
    return home.DONE
