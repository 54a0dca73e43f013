# SPDX-License-Identifier: GPL-3.0-or-later
"""probityctl search and screen: what each role finds, and that the rest is not there."""

import os
import zipfile

from probityctl import Casebook, equal, run

STAFF = """staff_number,forenames,surname,rank,unit,line_manager,employment_group,date_of_birth,address,postcode,status
4127,Aileen,Marsh,Constable,Derby,9001,officer,1988-03-12,,,serving
4128,Tariq,Ahmed,Constable,Derby,7777,officer,1990-01-01,,,serving
9004,Omar,Farouk,Inspector,PSD,,officer,1970-01-01,,,serving
"""
COMPLAINTS = """reference,received,complainant,staff_number,name,date_of_birth,allegation,status,finalised,result
CM/2019/114,2019-06-01,D. Orme,4127,Aileen Marsh,1988-03-12,Incivility at a café,closed,2019-09-01,no further action
CM/2020/200,2020-06-01,D. Orme,9004,Omar Farouk,1970-01-01,Incivility on the telephone,closed,2020-09-01,no further action
"""
MEMBERS = ["kind", "part", "compartment", "reference", "uid", "title", "snippet", "why", "score"]


def fill(casebook):
    casebook.run("head-of-hr", "import staff", casebook.write("staff.csv", STAFF))
    casebook.run("psd-officer", "import complaints", casebook.write("complaints.csv", COMPLAINTS))


def find(casebook, account, *words):
    return [(hit["kind"], hit["reference"]) for hit in casebook.run(account, "search", *words)["results"]]


def test_roles():
    """Each role finds what its keys open, of its own people, and nothing about itself"""
    casebook = Casebook("generic")
    try:
        fill(casebook)
        equal(find(casebook, "hr-officer", "marsh"), [("person", "4127")], "HR")
        equal(find(casebook, "line-manager", "marsh"), [("person", "4127")], "line manager")
        equal(find(casebook, "line-manager", "ahmed"), [], "somebody else's people")
        equal(find(casebook, "acu-officer", "cafe"), [("complaint", "CM/2019/114")], "accent")
        equal(find(casebook, "hr-officer", "cafe"), [], "without the key")
        equal(find(casebook, "acu-officer", "inciv"), [("complaint", "CM/2020/200"), ("complaint", "CM/2019/114")], "beginning")
        equal(find(casebook, "psd-officer", "inciv"), [("complaint", "CM/2019/114")], "about oneself")
        equal(find(casebook, "psd-officer", "CM/2020/200"), find(casebook, "psd-officer", "CM/2020/999"), "as if not there")
        equal(casebook.refused("administrator", "search", "marsh").code, "not-permitted", "administrator")
    finally:
        casebook.close()


def test_document():
    """One object with the members that were promised"""
    casebook = Casebook("generic", ["head-of-hr", "psd-officer"])
    try:
        fill(casebook)
        hits = casebook.run("psd-officer", "search", "orme", "incivility")["results"]
        equal(len(hits), 1, "hits")
        equal(list(hits[0]), MEMBERS, "members")
        equal(hits[0]["compartment"], "standards", "compartment")
        equal(hits[0]["snippet"], "Incivility at a café · D. Orme · closed · no further action", "snippet")
        equal(casebook.refused("psd-officer", "search").status, 2, "no words")
    finally:
        casebook.close()


def write_odt(casebook, text):
    path = os.path.join(casebook.base, "statement.odt")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<office:document-content xmlns:office='o' xmlns:text='t'><office:body><office:text><text:p>"
                         + text + "</text:p></office:text></office:body></office:document-content>")
    return path


def write_pdf(lines):
    """A page with these lines, one below the other"""
    content = "BT /F 12 Tf 50 800 Td " + " ".join(f"({line}) Tj 0 -15 Td" for line in lines) + " ET"
    return ("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
            "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
            f"4 0 obj<</Length {len(content)}>>\nstream\n{content}\nendstream endobj\n"
            "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")


def test_screen():
    """A text or document, a PDF too, is held against the casebook for those who may"""
    casebook = Casebook("generic", ["head-of-hr", "psd-officer", "hr-officer"])
    try:
        fill(casebook)
        text = "Constable Aileen Marsh is named in CM/2019/114, wrote The Guardian. Inspector Farouk is not.\n"
        found = casebook.run("psd-officer", "screen", casebook.write("article.txt", text))["findings"]
        equal([(f["kind"], f["reference"] or f["title"]) for f in found],
              [("person", "4127"), ("complaint", "CM/2019/114"), ("outlet", "The Guardian")], "text")
        equal(list(found[0]), ["kind", "compartment", "reference", "uid", "title", "why", "score", "context", "places"], "members")
        place = found[0]["places"][0]
        equal(text[place["start"]:place["start"] + place["length"]], "Aileen Marsh", "place")
        again = casebook.run("psd-officer", "screen", write_odt(casebook, text))["findings"]
        equal([f["uid"] for f in again], [f["uid"] for f in found], "ODT")
        equal(casebook.refused("psd-officer", "screen", casebook.write("article.pdf", "%PDF-1.7\n")).code, "file", "PDF")
        if "PROBITY_PDF" in os.environ:
            printed = casebook.write("printed.pdf", write_pdf(["Constable Aileen", "Marsh is named in CM/2019/114,", "wrote The Guar-", "dian. Inspector Farouk is not."]))
            again = casebook.run("psd-officer", "screen", printed)["findings"]
            equal([f["uid"] for f in again], [f["uid"] for f in found], "PDF")
        equal(casebook.refused("hr-officer", "screen", casebook.write("article.txt", text)).code, "not-permitted", "HR")
    finally:
        casebook.close()


run([test_roles, test_document, test_screen])
