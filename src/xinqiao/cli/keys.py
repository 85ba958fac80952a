"""``xinqiao keys``: list the keys that sign, or rotate those that sign and encrypt; old ones still verify and open."""

from collections.abc import Sequence

from xinqiao.cli import home


def run(argv: Sequence[str]) -> int:
    """List or rotate keys."""
    return home.guarded("keys", _run, argv)


def _run(argv: Sequence[str]) -> int:
    parser = home.Parser(prog="xinqiao keys", description="List or rotate the office's keys.")
    parser.add_argument("do", choices=["list", "rotate-signing", "rotate-master"])
    options = parser.parse_args(argv)
    with home.django():
        from xinqiao.record import rotation
        from xinqiao.record.fields import ring

        if options.do == "rotate-signing":
            print(f"signing with {rotation.rotate_signing_key()} from now on")
        elif options.do == "rotate-master":
            print(f"{rotation.rotate_master_key()} data keys wrapped under the new master key")
        for key in ring().published():
            print(f"{key.id}  since {key.since:%Y-%m-%d}{'' if key.until else '  in use'}")
    return home.DONE
