"""Logs in with HTTPDigestAuth of python-requests, which many tools are made with.

Takes WSMAN_URL, WSMAN_USER, WSMAN_PASSWORD and the algorithm that it has to be (DIGEST) from the environment;
prints `ok` at the end.
"""

import os

import requests
from requests.auth import HTTPDigestAuth

IDENTIFY = """<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"
 xmlns:i="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"><s:Body><i:Identify/></s:Body></s:Envelope>"""

HEADERS = {"Content-Type": "application/soap+xml;charset=UTF-8"}


def ask(session, auth):
    return session.post(os.environ["WSMAN_URL"], data=IDENTIFY, headers=HEADERS, auth=auth, timeout=60)


def main():
    # Proves 8 Digest with MD5 and SHA-256.
    # Proves 8 one nonce for many requests and connections.
    auth = HTTPDigestAuth(os.environ["WSMAN_USER"], os.environ["WSMAN_PASSWORD"])
    challenged = 0
    # One nonce for many requests, over a kept connection and over new ones.
    for session in (requests.Session(), requests.Session()):
        for _ in range(5):
            answer = ask(session, auth)
            assert answer.status_code == 200, answer.text
            assert "secprofile/http/digest" in answer.text
            algorithm = f'algorithm="{os.environ["DIGEST"]}"'
            assert algorithm in answer.request.headers["Authorization"], answer.request.headers
            challenged += len(answer.history)
        session.close()
    assert challenged == 1, challenged
    wrong = ask(requests.Session(), HTTPDigestAuth(os.environ["WSMAN_USER"], "wrong"))
    assert wrong.status_code == 401


main()
print("ok")
