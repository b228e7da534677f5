// SPDX-License-Identifier: GPL-3.0-or-later
// The map component bound to the camera; everything else is C++.
import QtQuick
import QtLocation
import QtPositioning

Rectangle {
    id: root
    required property QtObject camera
    color: root.camera.background

    Loader {
        anchors.fill: parent
        active: root.camera.tileHost !== ""
        sourceComponent: Map {
            center: root.camera.center
            zoomLevel: root.camera.zoom
            color: root.camera.background
            copyrightsVisible: false
            plugin: Plugin {
                name: "osm"
                PluginParameter { name: "osm.mapping.providersrepository.disabled"; value: true }
                PluginParameter { name: "osm.mapping.custom.host"; value: root.camera.tileHost }
                PluginParameter { name: "osm.mapping.cache.directory"; value: root.camera.tileCache }
                PluginParameter { name: "osm.mapping.cache.disk.cost_strategy"; value: "bytesize" }
                PluginParameter { name: "osm.mapping.cache.disk.size"; value: 0 }
                PluginParameter { name: "osm.mapping.cache.memory.size"; value: 1048576 }
                PluginParameter { name: "osm.mapping.cache.texture.size"; value: 1048576 }
                PluginParameter { name: "osm.mapping.prefetching_style"; value: "NoPrefetching" }
            }
            Component.onCompleted: {
                for (const type of supportedMapTypes) {
                    if (type.style === MapType.CustomMap)
                        activeMapType = type;
                }
            }
        }
    }
}
