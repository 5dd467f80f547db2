"""Compiles the model with pywbem: a second opinion on our MOF, and on what our compiler reads in it.

Arguments: the MOF file, and a file with what `cimi-bridge mof dump --json --flatten` says about it.
Prints `ok` at the end.
"""

import json
import sys

import pywbem_mock

NAMESPACE = "root/cimi"


def main(mof, dump):
    connection = pywbem_mock.FakedWBEMConnection(default_namespace=NAMESPACE)
    connection.compile_mof_file(mof, namespace=NAMESPACE)
    theirs = {}
    for name in connection.EnumerateClassNames(DeepInheritance=True):
        found = connection.GetClass(name, LocalOnly=False)
        theirs[name] = {
            "superclass": found.superclass,
            "properties": {
                item.name: [item.type, bool(item.is_array), "Key" in item.qualifiers]
                for item in found.properties.values()
            },
            "methods": {
                item.name: {parameter.name: parameter.type for parameter in item.parameters.values()}
                for item in found.methods.values()
            },
        }
    with open(dump, encoding="utf-8") as file:
        declared = {found["name"]: found for found in json.load(file)["classes"]}

    def is_key(found, name):
        """Key propagates to a property that overrides one: the dump has what each class says itself."""
        while found is not None:
            for item in found["properties"]:
                if item["name"] == name and item["qualifiers"].get("Key"):
                    return True
            found = declared.get(found["superclass"])
        return False

    ours = {}
    for name, found in declared.items():
        ours[name] = {
            "superclass": found["superclass"],
            "properties": {
                item["name"]: [item["type"], item.get("array", False), is_key(found, item["name"])]
                for item in found["properties"]
            },
            "methods": {
                item["name"]: {parameter["name"]: parameter["type"] for parameter in item["parameters"]}
                for item in found["methods"]
            },
        }
    assert len(theirs) > 20 and ours.keys() == theirs.keys(), ours.keys() ^ theirs.keys()
    for name, found in theirs.items():
        assert ours[name] == found, f"{name}:\n ours   {ours[name]}\n theirs {found}"


main(*sys.argv[1:])
print("ok")
