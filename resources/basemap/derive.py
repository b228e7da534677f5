#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Derives land.geojson and borders.geojson from Natural Earth's 1:10m outlines.

    npm pack world-atlas@2 && tar xzf world-atlas-2.*.tgz
    ./derive.py package/countries-10m.json

Input is the TopoJSON of the npm package world-atlas (Natural Earth 4.1.0, public domain). Arcs are
simplified once, so neighbours keep one common line: fine around Viet Nam, coarse far away. The islands of
Hoàng Sa and Trường Sa become Viet Nam's and no line is kept that runs between them and Viet Nam.
Nothing but Python's own library is needed; the same input gives the same bytes.
"""
import json
import pathlib
import sys

# Tolerances in degrees: (west, south, east, north, tolerance), first match wins.
DETAIL = [
    (101.5, 8.0, 110.0, 23.7, 0.002),
    (92.0, -2.0, 122.0, 26.5, 0.006),
    (65.0, -15.0, 155.0, 45.0, 0.04),
]
COARSE = 0.08
# Polygons smaller than this (square degrees) are dropped, but never around Viet Nam.
SMALLEST = [(99.0, 4.0, 118.5, 24.0, 0.0), (92.0, -12.0, 128.0, 28.0, 0.0008)]
SMALLEST_ELSEWHERE = 0.03
# Hoàng Sa and Trường Sa: every small polygon in here belongs to them.
ARCHIPELAGOS = [(110.9, 15.5, 113.2, 17.3), (111.0, 6.3, 116.4, 12.2), (116.4, 9.0, 116.95, 12.2)]
# Names of Natural Earth's features that only exist to mark those waters as disputed.
DISPUTED = {"Spratly Is.", "Scarborough Reef"}


def inside(box, x, y):
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def tolerance(x, y):
    return next((b[4] for b in DETAIL if inside(b, x, y)), COARSE)


def decode(topology):
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def simplify(points):
    """Douglas-Peucker, each point measured by the tolerance of the place where it lies."""
    if len(points) < 3:
        return points
    keep = {0, len(points) - 1}
    closed = points[0] == points[-1]
    todo = []
    if closed:  # a ring has no chord of its own: split at the point farthest from its start
        far = max(range(len(points)), key=lambda i: (points[i][0] - points[0][0]) ** 2 + (points[i][1] - points[0][1]) ** 2)
        keep.add(far)
        todo += [(0, far), (far, len(points) - 1)]
    else:
        todo.append((0, len(points) - 1))
    while todo:
        first, last = todo.pop()
        (ax, ay), (bx, by) = points[first], points[last]
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        worst, at = 1.0, None
        for i in range(first + 1, last):
            x, y = points[i]
            t = 0.0 if length == 0 else max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / length))
            distance = ((x - ax - t * dx) ** 2 + (y - ay - t * dy) ** 2) ** 0.5 / tolerance(x, y)
            if distance > worst:
                worst, at = distance, i
        if at is not None:
            keep.add(at)
            todo += [(first, at), (at, last)]
    return [points[i] for i in sorted(keep)]


def ring(arcs, indices):
    points = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points


def area(points):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:]))) / 2


def polygons(geometry):
    if geometry["type"] == "Polygon":
        return [geometry["arcs"]]
    return geometry["arcs"] if geometry["type"] == "MultiPolygon" else []


def in_archipelago(points):
    return any(all(inside(box, x, y) for x, y in points) for box in ARCHIPELAGOS)


def wanted(points, size):
    x, y = points[0]
    least = next((b[4] for b in SMALLEST if inside(b, x, y)), SMALLEST_ELSEWHERE)
    return len(points) >= 4 and size >= least


def rounded(points):
    result = []
    for x, y in points:
        digits = 4 if tolerance(x, y) < 0.01 else 2
        point = [round(x, digits), round(y, digits)]
        if not result or result[-1] != point:
            result.append(point)
    return result


def outlines(raw, arcs, geometries):
    """(islands of Viet Nam's archipelagos, everything else) as lists of polygons."""
    islands, others = [], []
    for geometry in geometries:
        for polygon in polygons(geometry):
            shape = ring(raw, polygon[0])
            if in_archipelago(shape):  # atolls are a few pixels: kept as they are
                islands.append([rounded(shape)])
                continue
            rings = [rounded(ring(arcs, r)) for r in polygon]
            if wanted(rings[0], area(shape)):
                others.append([rings[0]] + [r for r in rings[1:] if len(r) >= 4])
    return islands, others


def borders(arcs, countries):
    """Arcs used by two countries: the lines on land. Coasts are used once and are no borders."""
    users = {}
    for number, geometry in enumerate(countries):
        if geometry["properties"]["name"] in DISPUTED:
            continue
        for polygon in polygons(geometry):
            for indices in polygon:
                for index in indices:
                    users.setdefault(index if index >= 0 else ~index, set()).add(number)
    lines = [rounded(arcs[i]) for i, who in sorted(users.items()) if len(who) > 1]
    return [l for l in lines if len(l) >= 2 and not in_archipelago(l)]


def write(path, features):
    collection = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(collection, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
    print(path.name, path.stat().st_size)


def feature(kind, geometry, coordinates):
    return {"type": "Feature", "properties": {"kind": kind}, "geometry": {"type": geometry, "coordinates": coordinates}}


def main(source):
    topology = json.loads(pathlib.Path(source).read_text(encoding="utf-8"))
    raw = decode(topology)
    arcs = [simplify(a) for a in raw]
    countries = topology["objects"]["countries"]["geometries"]
    land = topology["objects"]["land"]
    geometries = land["geometries"] if land["type"] == "GeometryCollection" else [land]
    vietnam = [g for g in countries if g["properties"]["name"] == "Vietnam"]
    islands, world = outlines(raw, arcs, geometries)
    own = outlines(raw, arcs, vietnam)
    claimed, _ = outlines(raw, arcs, countries)
    archipelago = islands or claimed
    here = pathlib.Path(__file__).resolve().parent
    write(here / "land.geojson", [
        *[feature("land", "Polygon", p) for p in world],
        feature("vietnam", "MultiPolygon", own[1]),
        feature("vietnam", "MultiPolygon", archipelago),
    ])
    write(here / "borders.geojson", [feature("border", "LineString", l) for l in borders(arcs, countries)])
    print(len(world), "polygons;", len(archipelago), "islands of Hoàng Sa and Trường Sa")


if __name__ == "__main__":
    main(sys.argv[1])
