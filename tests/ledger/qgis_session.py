"""Run by the distribution's Python, which has QGIS: opens a store as a person would, tries to edit it, and tells as JSON what it met.

`python3 qgis_session.py STORE COMMAND...`: the command, an import, is run while the layer is open for editing.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsGeometry,
    QgsProviderRegistry,
    QgsProviderSublayerDetails,
    QgsVectorLayer,
    QgsWkbTypes,
)


def looked_at(store: str) -> dict[str, Any]:
    """Which layers there are that can be opened, and what the layer of areas is."""
    options = QgsProviderSublayerDetails.LayerOptions(QgsCoordinateTransformContext())
    listed = {one.name(): one.toLayer(options) for one in QgsProviderRegistry.instance().providerMetadata("ogr").querySublayers(store)}
    layer = opened(store)
    box = layer.extent()
    return {
        "opened": sorted(name for name, one in listed.items() if one.isValid()),
        "on_a_map": sorted(name for name, one in listed.items() if one.isValid() and one.isSpatial()),
        "crs": layer.crs().authid(),
        "extent": [box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()],
        "count": layer.featureCount(),
        "read": sorted(one["local_id"] for one in layer.getFeatures()),
        "geometry": QgsWkbTypes.displayString(layer.wkbType()),
    }


def opened(store: str) -> QgsVectorLayer:
    """The layer of areas."""
    layer = QgsVectorLayer(f"{store}|layername=hazardous_area", "areas", "ogr")
    assert layer.isValid()
    return layer


def refusals(store: str) -> dict[str, Any]:
    """What QGIS says where somebody saves an edit."""
    layer, said = opened(store), {}
    field = layer.fields().indexOf("type")

    def added() -> bool:
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromWkt("MULTIPOLYGON (((3 1, 3.01 1, 3.01 1.01, 3 1)))"))
        return bool(layer.addFeature(feature))

    for name, edit in (
        ("change", lambda one: layer.changeAttributeValue(one, field, "CHA")),
        ("move", lambda one: layer.changeGeometry(one, QgsGeometry.fromWkt("MULTIPOLYGON (((5 1, 6 1, 6 2, 5 1)))"))),
        ("delete", layer.deleteFeature),
        ("add", lambda _: added()),
    ):
        layer.startEditing()
        edit(next(layer.getFeatures()).id())
        said[name] = {"is_saved": layer.commitChanges(), "said": " ".join(layer.commitErrors())}
        layer.rollBack()
    return said


def main() -> None:
    """Everything, in the order of a session."""
    store, command = sys.argv[1], sys.argv[2:]
    application = QgsApplication([], False)
    application.initQgis()
    digests = [hashlib.sha256(Path(store).read_bytes()).hexdigest()]
    told = looked_at(store)
    digests.append(hashlib.sha256(Path(store).read_bytes()).hexdigest())
    said = refusals(store)
    layer = opened(store)
    layer.startEditing()
    imported = subprocess.run(command, capture_output=True, text=True, check=False)
    layer.rollBack()
    layer.reload()
    answer = {"look": told, "is_unchanged_by_looking": len(set(digests)) == 1, "edits": said, "import": imported.stdout + imported.stderr}
    print("\n" + json.dumps(answer | {"count_after_import": len(list(layer.getFeatures()))}))
    del layer
    application.exitQgis()


main()
