"""Compares a schema as pywbem compiles it with what `cimi-bridge mof dump --json --flatten` says of it.

    mof_schema.py TOP_FILE DUMP.json

Class by class, property by property, qualifier by qualifier: what is declared, what is inherited, which
qualifiers an element takes over, and which class a feature comes from. Prints every difference, and ends
with 1 if there is one.
"""

import json
import sys
import time
import warnings

import pywbem
import pywbem_mock

warnings.simplefilter("ignore")
NAMESPACE = "root/cimv2"
differences = []


def differ(where, what, theirs, ours):
    if theirs != ours:
        differences.append(f"{where}: {what}: pywbem {theirs!r}, ours {ours!r}")


def plain(value):
    """A value of pywbem as JSON has it."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, pywbem.CIMInt):
        return int(value)
    if isinstance(value, pywbem.CIMFloat):
        return float(value)
    return str(value)


def without_quotes(value):
    """pywbem 1.9 loses the escape \\' of strings, quote and all; the schema has 3,891 of them."""
    if isinstance(value, str):
        return value.replace("'", "")
    if isinstance(value, list):
        return [without_quotes(item) for item in value]
    return value


def is_override(ours):
    """pywbem 1.9 marks a feature that overrides another one as propagated, too."""
    return "override" in {name.lower() for name in ours["qualifiers"]}


def by_name(items):
    return {item["name"].lower(): item for item in items}


def compare_qualifiers(where, theirs, element, own):
    """All that apply to an element: what stands there, and what it takes over from what it overrides. At the
    place of its declaration also which is which; pywbem marks what is only said again as propagated, too."""
    theirs = {name.lower(): q for name, q in theirs.items()}
    declared = {name.lower(): value for name, value in element["qualifiers"].items()}
    taken = {name.lower(): value for name, value in element["propagated_qualifiers"].items()}
    differ(where, "qualifiers both declared and taken over", [], sorted(declared.keys() & taken.keys()))
    ours = {**declared, **taken}
    differ(where, "qualifiers", sorted(theirs), sorted(ours))
    if own:
        left = {name for name, q in theirs.items() if not q.propagated}
        differ(where, "declared qualifiers that ours lacks", [], sorted(left - declared.keys()))
    for name in theirs.keys() & ours.keys():
        differ(where, f"qualifier {name}", without_quotes(plain(theirs[name].value)), without_quotes(ours[name]))


def compare_type(where, theirs, ours, array=None):
    differ(where, "type", theirs, ours["type"])
    if array is not None:
        differ(where, "array", bool(array), ours.get("array", False))


def compare_property(where, theirs, ours, own):
    compare_type(where, theirs.type, ours, theirs.is_array)
    differ(where, "size", theirs.array_size, ours.get("array_size"))
    differ(where, "target", (theirs.reference_class or "").lower(), ours.get("reference_class", "").lower())
    differ(where, "default", plain(theirs.value), ours["default"])
    differ(where, "propagated", bool(theirs.propagated), ours["propagated"] or is_override(ours))
    differ(where, "class origin", theirs.class_origin.lower(), ours["class_origin"].lower())
    compare_qualifiers(where, theirs.qualifiers, ours, own)


def compare_method(where, theirs, ours, own):
    compare_type(where, theirs.return_type, ours)
    differ(where, "propagated", bool(theirs.propagated), ours["propagated"] or is_override(ours))
    parameters = by_name(ours["parameters"])
    differ(where, "parameters", [name.lower() for name in theirs.parameters], list(parameters))
    for name, parameter in theirs.parameters.items():
        found = parameters.get(name.lower())
        if found is None:
            continue
        place = f"{where}({name})"
        compare_type(place, parameter.type, found, parameter.is_array)
        differ(place, "target", (parameter.reference_class or "").lower(), found.get("reference_class", "").lower())
        compare_qualifiers(place, parameter.qualifiers, found, own)
    differ(where, "class origin", theirs.class_origin.lower(), ours["class_origin"].lower())
    compare_qualifiers(where, theirs.qualifiers, ours, own)


def compare_features(class_name, what, theirs, ours, compare):
    theirs = {name.lower(): feature for name, feature in theirs.items()}
    ours = by_name(ours)
    differ(class_name, what, sorted(theirs), sorted(ours))
    for name in theirs.keys() & ours.keys():
        compare(f"{class_name}.{name}", theirs[name], ours[name], not ours[name]["propagated"])


def compare_class(theirs, ours):
    where = theirs.classname
    differ(where, "superclass", (theirs.superclass or "").lower(), (ours["superclass"] or "").lower())
    # pywbem 1.9 lets no qualifier of a class go on to its subclasses.
    compare_qualifiers(where, theirs.qualifiers, {**ours, "propagated_qualifiers": {}}, True)
    compare_features(where, "properties", theirs.properties, ours["properties"], compare_property)
    compare_features(where, "methods", theirs.methods, ours["methods"], compare_method)


def compare_qualifier_type(theirs, ours):
    where = f"qualifier type {theirs.name}"
    compare_type(where, theirs.type, ours, theirs.is_array)
    differ(where, "default", plain(theirs.value), ours["default"])
    scopes = sorted(scope.lower() for scope, is_on in theirs.scopes.items() if is_on)
    if "any" in scopes:
        scopes = ["any"]
    differ(where, "scope", scopes, sorted(ours["scope"]))
    flavors = {flavor.lower() for flavor in ours["flavor"]}
    # What is not said is EnableOverride, ToSubclass and not Translatable.
    differ(where, "overridable", theirs.overridable is not False, "disableoverride" not in flavors)
    differ(where, "tosubclass", theirs.tosubclass is not False, "restricted" not in flavors)
    differ(where, "translatable", bool(theirs.translatable), "translatable" in flavors)


def main(top, dump):
    with open(dump, encoding="utf-8") as file:
        ours = json.load(file)
    connection = pywbem_mock.FakedWBEMConnection(default_namespace=NAMESPACE)
    start = time.process_time()
    connection.compile_mof_file(top, namespace=NAMESPACE)
    print(f"pywbem compiled in {time.process_time() - start:.1f} s CPU")
    types = {q.name.lower(): q for q in connection.EnumerateQualifiers()}
    our_types = by_name(ours["qualifier_types"])
    differ("schema", "qualifier types", sorted(types), sorted(our_types))
    for name in types.keys() & our_types.keys():
        compare_qualifier_type(types[name], our_types[name])
    # EnumerateClasses of pywbem 1.9 leaves out where a feature comes from.
    classes = {
        name.lower(): connection.GetClass(
            name, LocalOnly=False, IncludeQualifiers=True, IncludeClassOrigin=True
        )
        for name in connection.EnumerateClassNames(DeepInheritance=True)
    }
    our_classes = by_name(ours["classes"])
    differ("schema", "classes", sorted(classes), sorted(our_classes))
    for name in classes.keys() & our_classes.keys():
        compare_class(classes[name], our_classes[name])
    for difference in differences[:100]:
        print(difference)
    print(f"{len(classes)} classes, {len(types)} qualifier types, {len(differences)} differences")
    if differences:
        return 1
    print("ok")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
