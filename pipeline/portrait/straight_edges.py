"""Straight edges of a scene that run behind the person: where they enter, and how they look.

Door frames, shelves and horizons show at once when they bend: they are followed as straight lines.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np

# Shortest piece of an edge that says where it goes, and how far from the hole it may end.
MIN_LENGTH_PX = 22.0
MAX_GAP_PX = 14.0
# Nearest pixels to the hole may be mixed with the person.
MIXED_PX = 1.5
# An edge along the person's outline is most likely theirs: it must leave at a steeper angle.
MIN_LEAVING = 0.35
# Strands of hair end nearer than this.
MIN_AWAY_PX = 16.0
# So far outside an edge has left the hole for good.
LEFT_PX = 4.0
HALF_WIDTH_PX = 12
PROFILE_STEP_PX = 0.5
PROFILE_LENGTH_PX = 28
REACH_PX = 260.0
MAX_EDGES = 60
# Two ends belong together if they point at each other this well.
MAX_TURN = 0.06
MAX_SHIFT_PX = 2.0
MIN_LIKENESS = 0.4


@dataclass(frozen=True, slots=True)
class Edge:
    """A straight edge going into the hole.

    start (2,) px where it enters; direction (2,) unit, inwards; length_px until it leaves the hole
    or is given up; seen_px: length of what is visible of it
    profile (P, 3): colours across it at its start, from -HALF_WIDTH_PX to +HALF_WIDTH_PX along the
    normal (-direction[1], direction[0]); end_profile: at its other end, if that is known
    """

    start: np.ndarray
    direction: np.ndarray
    length_px: float
    seen_px: float
    profile: np.ndarray
    end_profile: np.ndarray | None

    @property
    def normal(self) -> np.ndarray:
        return np.array([-self.direction[1], self.direction[0]])


def find_edges(filled: np.ndarray, hole: np.ndarray) -> list[Edge]:
    """The edges that enter the hole, longest first; two ends of one edge are joined.

    filled (H, W, 3) float32: the picture, smooth inside the hole; hole (H, W) bool
    """
    away = cv2.distanceTransform(1 - hole.astype(np.uint8), cv2.DIST_L2, 5)
    picture = np.clip(filled, 0, 255).astype(np.uint8)
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    found = cv2.createLineSegmentDetector(cv2.LSD_REFINE_STD).detect(grey)[0]
    if found is None:
        return []
    segments = [
        piece for ends in found.reshape(-1, 2, 2) if (piece := _visible(ends, away)) is not None
    ]
    segments.sort(key=lambda ends: -float(np.linalg.norm(ends[1] - ends[0])))
    edges = []
    for ends in segments[: 2 * MAX_EDGES]:
        line = _refined(ends, grey, away)
        if line is not None:
            edges += _entries(line, filled, away)
    edges.sort(key=lambda edge: -edge.seen_px)
    return _distinct(_joined(edges[: 2 * MAX_EDGES]))[:MAX_EDGES]


def sample(values: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Bilinear samples (N, ...) at points (N, 2); a pixel's centre is at half its numbers."""
    at = np.ascontiguousarray(points[:, None] - 0.5, np.float32)
    return cv2.remap(
        values, at[..., 0], at[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )[:, 0]


def _visible(ends: np.ndarray, away: np.ndarray) -> np.ndarray | None:
    """The part (2, 2) of a segment outside the hole, its first end nearest to the hole."""
    # The detector counts from the centre of the first pixel.
    ends = ends.astype(np.float64) + 0.5
    length = float(np.linalg.norm(ends[1] - ends[0]))
    if length < MIN_LENGTH_PX:
        return None
    share = np.linspace(0, 1, int(length) + 1)
    points = ends[0] + share[:, None] * (ends[1] - ends[0])
    outside = sample(away, points) > MIXED_PX
    change = np.flatnonzero(np.diff(np.concatenate([[0], outside.astype(np.int8), [0]])))
    if not len(change):
        return None
    runs = change.reshape(-1, 2)
    first, last = runs[np.argmax(runs[:, 1] - runs[:, 0])]
    return points[[first, last - 1]] if last - first >= MIN_LENGTH_PX else None


def _refined(ends: np.ndarray, grey: np.ndarray, away: np.ndarray):
    """Point, unit direction and extent (low, high) of the segment, to a fraction of a pixel."""
    direction = ends[1] - ends[0]
    length = float(np.linalg.norm(direction))
    direction /= length
    normal = np.array([-direction[1], direction[0]])
    along = np.arange(2, length - 1)
    across = np.arange(-4, 4.01, 0.5)
    points = ends[0] + along[:, None, None] * direction + across[None, :, None] * normal
    values = sample(grey, points.reshape(-1, 2)).reshape(len(along), -1).astype(np.float64)
    slope = np.asarray(np.gradient(values, axis=1))
    mean = slope.mean(axis=0)
    sign = np.sign(mean[np.argmax(np.abs(mean))])
    weight = np.clip(sign * slope, 0, None) ** 2
    weight[:, [0, -1]] = 0
    total = weight.sum(1)
    kept = total > 0.2 * np.median(total) + 1e-9
    if kept.sum() < 0.6 * MIN_LENGTH_PX:
        return None
    offset = (weight * across).sum(1)[kept] / total[kept]
    centre = ends[0] + along[kept][:, None] * direction + offset[:, None] * normal
    vx, vy, px, py = cv2.fitLine(centre.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
    fitted, point = np.array([vx, vy], np.float64), np.array([px, py], np.float64)
    fitted *= np.sign(fitted @ direction)
    reach = (ends - point) @ fitted
    return point, fitted, reach


def _entries(line, filled: np.ndarray, away: np.ndarray) -> list[Edge]:
    """The edge at each end of the line that meets the hole."""
    point, direction, reach = line
    edges = []
    for end, inwards in ((reach.max(), direction), (-reach.min(), -direction)):
        tip = point + end * inwards
        steps = np.arange(0, MAX_GAP_PX + REACH_PX, 0.5)
        path = tip + steps[:, None] * inwards
        height, width = away.shape
        shown = (path > 1).all(1) & (path[:, 0] < width - 1) & (path[:, 1] < height - 1)
        depth = np.where(shown, sample(away, path), -1.0)
        inside = np.flatnonzero(depth <= 0.5)
        if not len(inside) or not shown[inside[0]] or steps[inside[0]] > MAX_GAP_PX:
            continue
        entry = int(inside[0])
        back = path[entry] - 10.0 * inwards
        if sample(away, back[None])[0] < 10.0 * MIN_LEAVING:
            continue
        far = sample(away, (path[entry] - (reach.max() - reach.min()) * inwards)[None])[0]
        if far < MIN_AWAY_PX:
            continue
        out = np.flatnonzero(depth[entry:] > LEFT_PX)
        length = steps[out[0]] if len(out) else REACH_PX
        seen = float(reach.max() - reach.min())
        profile = _profile(filled, away, path[entry], inwards, min(seen, PROFILE_LENGTH_PX))
        reach_px = min(length, REACH_PX, 30 + 2 * seen)
        edges.append(Edge(path[entry], inwards, float(reach_px), seen, profile, None))
    return edges


def _profile(filled, away, start, direction, length_px) -> np.ndarray:
    """Median colours (P, 3) across an edge over its last visible pixels."""
    normal = np.array([-direction[1], direction[0]])
    along = -np.arange(MIXED_PX + 1, max(length_px, MIXED_PX + 8), 1.0)
    across = np.arange(-HALF_WIDTH_PX, HALF_WIDTH_PX + 0.01, PROFILE_STEP_PX)
    points = start + along[:, None, None] * direction + across[None, :, None] * normal
    flat = points.reshape(-1, 2)
    colours = sample(filled, flat).reshape(len(along), len(across), 3).astype(np.float32)
    known = (sample(away, flat) > MIXED_PX).reshape(len(along), len(across))
    masked = np.where(known[..., None], colours, np.nan)
    # Where all of it is hidden, the smooth filling is as good as anything.
    masked[:, ~known.any(0)] = colours[:, ~known.any(0)]
    return np.nanmedian(masked, axis=0)


def _distinct(edges: list[Edge]) -> list[Edge]:
    """Without edges that another one's profile already shows."""
    kept: list[Edge] = []
    for edge in edges:
        for other in kept:
            if _shown_by(edge, other):
                break
        else:
            kept.append(edge)
    return kept


def _shown_by(edge: Edge, other: Edge) -> bool:
    if abs(edge.direction @ other.direction) < 0.99:
        return False
    offset = edge.start - other.start
    along = offset @ other.direction
    near = abs(along) < 25 or (other.end_profile is not None and -25 < along < other.length_px + 25)
    return bool(near and abs(offset @ other.normal) < 5)


def _joined(edges: list[Edge]) -> list[Edge]:
    """Pairs of edges that point at each other become one from end to end, and come first."""
    pairs, single, used = [], [], set()
    for index, edge in enumerate(edges):
        if index in used:
            continue
        best, best_cost = None, np.inf
        for other_index in range(index + 1, len(edges)):
            if (
                other_index not in used
                and (cost := _mismatch(edge, edges[other_index])) < best_cost
            ):
                best, best_cost = other_index, cost
        if best is None:
            single.append(edge)
            continue
        used.add(best)
        other = edges[best]
        span = other.start - edge.start
        length = float(np.linalg.norm(span))
        pairs.append(
            replace(
                edge,
                direction=span / length,
                length_px=length,
                end_profile=other.profile[::-1],
            )
        )
    return pairs + single


def _mismatch(edge: Edge, other: Edge) -> float:
    """How badly (px) two edges continue each other, infinite if they do not."""
    span = other.start - edge.start
    length = float(np.linalg.norm(span))
    if length < 4 or edge.direction @ other.direction > -np.cos(MAX_TURN):
        return np.inf
    along = span @ edge.direction
    shift = max(abs(span @ edge.normal), abs(span @ other.normal))
    if along <= 0 or shift > MAX_SHIFT_PX + 0.02 * length:
        return np.inf
    first, second = np.diff(edge.profile, axis=0), np.diff(other.profile[::-1], axis=0)
    scale = np.sqrt((first**2).sum() * (second**2).sum())
    likeness = float((first * second).sum()) / max(float(scale), 1e-6)
    return float(shift) if likeness > MIN_LIKENESS else np.inf
