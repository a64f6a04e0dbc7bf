"""The hair styles that grow, by name."""

from training.people.hair_growth import Comb, Knot
from training.people.hair_style import Bun, Locks, Plait, Style

Vector = tuple[float, float, float]


def _hanging(
    length_m: float, parting: float, volume_m: float, hem: float | None = None, rise: float = 0.12
) -> Comb:
    """Long hair from a parting down both sides; locks from the side are shorter by their way."""
    side_m = max(length_m - 0.07, 0.05)
    return Comb(
        top=((1.0, 0.0, -0.45), length_m), side=((0.3, -0.8, -0.35), side_m),
        back=((0.0, -1.0, -0.2), side_m), parting=parting, rise=rise, stiffness=0.45, fall=0.9,
        volume_m=volume_m, short=0.15 if hem is None else 0.05, hem=hem,
    )  # fmt: skip


def _short(top: Vector, top_m: float, side_m: float, rise: float, **more) -> Comb:
    """Hair of a few centimetres; sides and back lie down. more: of Comb."""
    side, back = ((0.1, -0.7, -0.55), side_m), ((0.0, -1.0, -0.1), side_m)
    usual = {"parting": None, "stiffness": 0.7, "fall": 0.1, "volume_m": 0.008, "short": 0.35}
    return Comb((top, top_m), side, back, rise=rise, **(usual | more))


def _fluff(length_m: float, volume_m: float) -> Comb:
    """Coily hair: every lock in a direction of its own, up to its layer and along it."""
    away = ((0.0, 0.6, 0.0), length_m)
    low = ((0.0, 0.6, 0.0), 0.6 * length_m)
    return Comb(
        top=away, side=low, back=low, parting=None, rise=0.8, stiffness=0.4, fall=0.0,
        volume_m=volume_m, tousle=1.6,
    )  # fmt: skip


def _fringe(hem: float, sideways: float = 0.0) -> Comb:
    """Falls over the forehead and ends above the brows."""
    way = ((sideways, -0.4, 1.0), 0.12)
    return Comb(
        way, way, way, parting=-1.0, rise=0.25, stiffness=0.55, fall=0.75, volume_m=0.010,
        short=0.05, hem=hem, fringe=True,
    )  # fmt: skip


_HIGH, _MIDDLE, _LOW = (0.0, 0.92, -0.72), (0.0, 0.28, -1.12), (0.0, -0.35, -1.08)
_TAIL_WAY = ((0.0, -0.6, -1.0), 0.30)
_TAIL = Comb(_TAIL_WAY, _TAIL_WAY, _TAIL_WAY, rise=0.6, stiffness=0.55, fall=0.9, volume_m=0.02)
_PLAIT_WAY = ((-0.1, -1.0, 0.45), 0.30)
_PLAITED = Comb(
    _PLAIT_WAY, _PLAIT_WAY, _PLAIT_WAY, rise=0.2, stiffness=0.5, fall=0.75, volume_m=0.02,
    short=0.0, tousle=0.0,
)  # fmt: skip
_SWEPT, _PARTED, _AHEAD = (0.1, 0.2, -1.0), (1.0, 0.1, -0.35), (0.1, 0.3, 0.5)

STYLES: dict[str, Style] = {
    "buzz": Style(
        (Locks(2600, 0.0035, _short(_AHEAD, 0.006, 0.004, 0.6), points=4, texture="wisps"),),
        "coat_buzz",
    ),
    "crew": Style(
        (
            Locks(1500, 0.005, _short(_AHEAD, 0.010, 0.008, 0.35), points=4, texture="wisps"),
            Locks(1500, 0.006, _short(_AHEAD, 0.022, 0.010, 0.7), upper=0.45, points=5,
                  texture="wisps"),
        ),
    ),
    "fade": Style(
        (
            Locks(900, 0.0035, _short(_AHEAD, 0.006, 0.005, 0.4), points=4, texture="wisps"),
            Locks(1100, 0.008, _short(_SWEPT, 0.055, 0.012, 0.4, parting=0.3, volume_m=0.018),
                  upper=0.60),
        ),
        "coat_buzz",
    ),
    "side parting": Style(
        (
            Locks(1600, 0.005, _short((0.9, 0.0, -0.2), 0.025, 0.020, 0.2), points=6),
            Locks(1300, 0.007, _short(_PARTED, 0.085, 0.030, 0.3, parting=0.36, volume_m=0.016),
                  upper=0.40, points=9),
        ),
    ),
    "slicked back": Style(
        (
            Locks(900, 0.008, _short(_SWEPT, 0.06, 0.045, 0.15, parting=0.0, volume_m=0.006)),
            Locks(700, 0.010, _short(_SWEPT, 0.11, 0.06, 0.3, parting=0.0, volume_m=0.012),
                  upper=0.35),
        ),
    ),
    "curtains": Style(
        (
            Locks(800, 0.009, _hanging(0.14, 0.0, 0.010, 0.0)),
            Locks(560, 0.011, _hanging(0.18, 0.0, 0.013, -0.05, 0.2), upper=0.4, wave_m=0.003,
                  wave_length_m=0.07),
        ),
    ),
    "receding": Style(
        (Locks(1500, 0.006, _short((0.1, 0.0, -0.8), 0.022, 0.014, 0.3), points=5,
               texture="wisps"),),
        "coat_receded", 0.019,
    ),
    "pixie": Style(
        (
            Locks(1000, 0.008, _short((0.8, 0.0, 0.3), 0.045, 0.035, 0.2, parting=0.3, fall=0.2)),
            Locks(800, 0.009, _short((1.0, 0.1, 0.15), 0.085, 0.05, 0.3, parting=0.3, fall=0.25,
                                     volume_m=0.016), upper=0.4),
        ),
    ),
    "chin bob": Style(
        (
            Locks(800, 0.012, _hanging(0.32, 0.25, 0.014, -0.95)),
            Locks(480, 0.014, _hanging(0.34, 0.25, 0.022, -1.0, 0.2), upper=0.3),
        ),
    ),
    "long bob": Style(
        (
            Locks(800, 0.012, _hanging(0.36, 0.0, 0.012, -1.3)),
            Locks(480, 0.015, _hanging(0.38, 0.0, 0.020, -1.35, 0.15), upper=0.3),
        ),
    ),
    "straight": Style(
        (
            Locks(800, 0.013, _hanging(0.42, 0.0, 0.010)),
            Locks(480, 0.016, _hanging(0.46, 0.0, 0.018, None, 0.12), upper=0.3),
        ),
    ),
    "fringe bob": Style(
        (
            Locks(800, 0.012, _hanging(0.32, 0.0, 0.014, -0.85)),
            Locks(400, 0.014, _hanging(0.34, 0.0, 0.020, -0.9, 0.15), upper=0.3),
            Locks(560, 0.007, _fringe(0.33), upper=0.55, ahead=0.30),
        ),
    ),
    "long fringe": Style(
        (
            Locks(800, 0.013, _hanging(0.42, 0.0, 0.012)),
            Locks(440, 0.015, _hanging(0.46, 0.0, 0.018, None, 0.12), upper=0.3),
            Locks(520, 0.007, _fringe(0.36, 0.25), upper=0.55, ahead=0.32),
        ),
    ),
    "crop": Style(
        (
            Locks(1500, 0.005, _short(_AHEAD, 0.012, 0.009, 0.35), points=4, texture="wisps"),
            Locks(900, 0.006, _short((0.25, 0.1, 1.0), 0.035, 0.012, 0.4, fall=0.15,
                                     volume_m=0.010), upper=0.5, points=7),
            Locks(260, 0.006, _fringe(0.62, 0.3), upper=0.6, ahead=0.42, points=7),
        ),
        "coat_buzz",
    ),
    "waves": Style(
        (
            Locks(700, 0.013, _hanging(0.38, 0.25, 0.014), wave_m=0.005, wave_length_m=0.08,
                  points=22),
            Locks(420, 0.016, _hanging(0.42, 0.25, 0.024, None, 0.2), upper=0.3, wave_m=0.007,
                  wave_length_m=0.08, points=24),
        ),
    ),
    "curls": Style(
        (
            Locks(600, 0.010, _hanging(0.22, 0.0, 0.020, -1.1, 0.4), points=26, wave_m=0.006,
                  wave_length_m=0.042, curl=0.8),
            Locks(560, 0.011, _hanging(0.26, 0.0, 0.040, -1.15, 0.5), points=28, wave_m=0.008,
                  wave_length_m=0.042, curl=0.8),
        ),
    ),
    "top knot": Style((Locks(800, 0.010, knot=Knot(_HIGH)), Bun((0.0, 1.12, -0.62), 0.040))),
    "low bun": Style((Locks(800, 0.010, knot=Knot(_LOW)), Bun((0.0, -0.35, -1.22), 0.042))),
    "low ponytail": Style(
        (Locks(800, 0.010, knot=Knot(_LOW)), Locks(150, 0.013, _TAIL, Knot(_LOW))),
    ),
    "high ponytail": Style(
        (
            Locks(800, 0.010, knot=Knot(_MIDDLE)),
            Locks(170, 0.013, _TAIL, Knot(_MIDDLE), wave_m=0.004),
        ),
    ),
    "side plait": Style(
        (
            Locks(800, 0.010, knot=Knot((0.60, -0.80, -0.12), 0.010, past_m=0.045)),
            Plait(Knot((0.60, -0.80, -0.12)), _PLAITED, 0.016),
        ),
    ),
    "two plaits": Style(
        (
            Locks(800, 0.010, knot=Knot((0.68, -0.70, -0.10), both=True, past_m=0.045)),
            Plait(Knot((0.68, -0.70, -0.10), both=True), _PLAITED, 0.013, 0.042),
        ),
    ),
    "dreadlocks": Style(
        (Locks(230, 0.0, _hanging(0.30, 0.0, 0.022, -1.12, 0.3), rope_m=0.0048, points=20),),
    ),
    "box braids": Style(
        (Locks(320, 0.0, _hanging(0.42, 0.15, 0.018, None, 0.2), rope_m=0.0036),),
    ),
    "coils": Style(
        (
            Locks(2000, 0.013, _fluff(0.018, 0.014), points=4, texture="frizz"),
            Locks(1800, 0.015, _fluff(0.024, 0.022), points=5, texture="frizz"),
        ),
        "coat_buzz",
    ),
    "afro": Style(
        (
            Locks(1300, 0.018, _fluff(0.035, 0.022), points=5, texture="frizz"),
            Locks(1800, 0.016, _fluff(0.045, 0.036), points=5, texture="frizz"),
            Locks(2400, 0.014, _fluff(0.050, 0.046), points=5, texture="frizz"),
        ),
    ),
}  # fmt: skip
