"""What WeasyPrint 70 leaves undone for PDF/A-3a and PDF/UA-1 in one file; it works on the finished pydyf document.

The variant "pdf/a-3a" writes the PDF/A part. Added here: the PDF/UA identifier (ISO 14289-1 §5) inside the XMP with the
extension schema that PDF/A asks for, the scope of header cells, and margin boxes (page numbers, source line) as
artifacts, because WeasyPrint marks them as content that hangs on no branch of the structure tree.
"""

from __future__ import annotations

from typing import Any

import pydyf

VARIANT = "pdf/a-3a"

_IDENTIFIER = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def conform(pdf: pydyf.PDF) -> None:
    """Finish a document of the variant `VARIANT`; call it when all its pages and tags are there."""
    _identify(pdf)
    _scope_headers(pdf)
    _margin_boxes_to_artifacts(pdf)
    _name_attachments_once(pdf)


def resolve(pdf: pydyf.PDF, reference: Any) -> Any:
    """The object behind a pydyf reference (b"12 0 R")."""
    return pdf.objects[int(reference.split()[0])]


def _identify(pdf: pydyf.PDF) -> None:
    """Put the PDF/UA identifier into the XMP, which stays uncompressed so that any tool can read it."""
    metadata = resolve(pdf, pdf.catalog["Metadata"])
    metadata.compress = False
    xmp = b"".join(metadata.stream)
    metadata.stream = [xmp.replace(b"</rdf:RDF>", _IDENTIFIER + b"</rdf:RDF>", 1)]


def _name_attachments_once(pdf: pydyf.PDF) -> None:
    """WeasyPrint lists every embedded file twice among those that belong to the document."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _scope_headers(pdf: pydyf.PDF) -> None:
    for element in pdf.objects:
        if isinstance(element, dict) and element.get("S") == "/TH":
            row = resolve(pdf, element["P"])
            in_head = resolve(pdf, row["P"]).get("S") == "/THead"
            element["A"]["Scope"] = "/Column" if in_head else "/Row"


def _margin_boxes_to_artifacts(pdf: pydyf.PDF) -> None:
    root = resolve(pdf, pdf.catalog["StructTreeRoot"])
    reachable = _reachable(pdf, root["K"])
    numbers = resolve(pdf, root["ParentTree"])["Nums"]
    by_key = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for reference in pdf.page_references:
        page = resolve(pdf, reference)
        elements = by_key[page["StructParents"]]
        orphans = {mcid for mcid, element in enumerate(elements) if element not in reachable}
        _unmark(resolve(pdf, page["Contents"]).stream, orphans)
        for mcid in orphans:
            elements[mcid] = b"null"


def _reachable(pdf: pydyf.PDF, kids: list[Any]) -> set[bytes]:
    """References of the structure elements that hang on the tree."""
    found: set[bytes] = set()
    waiting = list(kids)
    while waiting:
        kid = waiting.pop()
        if isinstance(kid, bytes) and kid not in found:  # the others are marked-content numbers
            found.add(kid)
            waiting.extend(resolve(pdf, kid).get("K", ()))
    return found


def _unmark(stream: list[Any], orphans: set[int]) -> None:
    """Turn the marked-content sequences `orphans` of a page into pagination artifacts."""
    for place, item in enumerate(stream):
        if isinstance(item, pydyf.Dictionary) and item.get("MCID") in orphans:
            stream[place - 1] = "/Artifact"
            stream[place] = pydyf.Dictionary({"Type": "/Pagination"})
