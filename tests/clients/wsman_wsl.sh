#!/bin/bash
# Every verb of wsl, Dell's shell scripts for the controllers of its servers: Identify, Get, Put of a fragment,
# Enumerate with every filter and mode, Invoke, and the class operations of openwsman.
#
# Its MessageIDs are bare UUIDs, and it reads answers with grep and cut, one element a line. A whole Put is not among the
# verbs: it finds the instance in an answer only where no element of a class declares a namespace.
# Takes WSMAN_URL, WSMAN_USER and WSMAN_PASSWORD (without blanks: it does not quote) from the environment;
# prints `ok` at the end.
set -u

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
export HOME=$folder
echo 'WSNOSSL=true; OUTLEVEL=1; IPINTERACTIVE=0; KEEPHISTORY=0' > .wsl-config
endpoint=${WSMAN_URL#http://}
export WSENDPOINT=${endpoint%/wsman} WSUSER=$WSMAN_USER WSPASS=$WSMAN_PASSWORD
export WSAUTOMATED=1 WSDEFAULTSCHEMA=schemas.dmtf.org

# says COUNT TEXT COMMAND...: the output of the command has that many lines with the text.
says() {
    local count=$1 text=$2
    shift 2
    local output found
    output=$("$@" < /dev/null 2>&1)
    found=$(grep -c -- "$text" <<< "$output")
    if [ "$found" != "$count" ]; then
        echo "$*: $found lines with '$text' and not $count:"
        echo "$output"
        exit 1
    fi
}

wql="select * from CIMI_Machine where ElementName='backend'"
selectors=http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter
frontend=InstanceID=machines/demo-frontend

# Proves 2 Identify: known and unknown callers.
says 1 '<wsmid:ProductVendor>cimi-bridge<' wslid check
# Proves 3 Get.
says 1 '<p:ElementName>frontend<' wslget CIMI_Machine "$frontend"
# Proves 4 Enumerate and Pull in small and large batches, optimised and not.
says 2 '</p:CIMI_Machine>' wslenum CIMI_Machine
says 2 '</p:CIMI_Machine>' wslenum CIMI_Machine -opti 1
says 2 '</wsa:EndpointReference>' wslenum CIMI_Machine -mode epr -ns root/cimi
says 2 '</wsman:Item>' wslenum CIMI_Machine -mode objepr
# Proves 5 ShowExtensions, ExcludeNilProperties.
says 2 'cim:Key="true"' wslenum CIMI_Machine -ext
# Proves 4 filters in WQL and CQL, and by selectors.
says 1 '</p:CIMI_Machine>' wslenum CIMI_Machine -filter "$wql"
says 1 '</p:CIMI_Machine>' wslenum CIMI_Machine -dialect "$selectors" -filter ElementName=backend
# Proves 4 associators and references with every optional element.
# What it calls references are the instances at the other end, and the other way round.
says 1 '</p:CIMI_Disk>' wslenum CIMI_Machine -references "$frontend"
says 1 '</p:CIMI_MachineDisk>' wslenum CIMI_Machine -associators "$frontend"
# Proves 3 fragment Put, Create and Delete.
says 1 '<p:Description>set by wsl<' wslput CIMI_Machine 'Description=set by wsl' -fragment -filter "$wql"
says 1 '<p:Description>set by wsl<' wslenum CIMI_Machine -filter "$wql"
# Proves 5 methods.
says 1 '<p:ReturnValue>4096<' wslinvoke CIMI_Machine Start -filter "$wql"
# Proves 5 class operations of openwsman's own resource URI.
says 1 '<n:name>CIM_ManagedElement<' wslecn check
says 1 '<n:GetClass ' wslecn getclass CIMI_Machine
# Proves 6 DestinationUnreachable, ActionNotSupported, InvalidParameter.
says 1 'wsa:DestinationUnreachable' wslget CIMI_Missing InstanceID=x
says 1 'wsa:DestinationUnreachable' wslget CIMI_Machine InstanceID=machines/none

echo ok
