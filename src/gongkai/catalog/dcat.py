"""What data there is, in the vocabulary of data catalogues: DCAT as JSON-LD (W3C DCAT 2)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from gongkai.agencies.bodies import Agency
from gongkai.catalog.bulk import FORMATS

LICENCE = "政府信息依法公开，可以查阅、复制、引用；引用时请注明来源和日期，不得歪曲原意。以网站公布的文本为准。"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_IRREGULAR = {"@id": "http://purl.org/cld/freq/continuous"}  # made anew for whoever asks
Address = Callable[[Agency, str], str]


def catalogue(
    publisher: Agency, agencies: Mapping[Agency, datetime | None], address: Address, page: Callable[[Agency], str]
) -> dict[str, Any]:
    """The catalogue of these agencies' data; the moment beside each is of its newest publication."""
    return {
        "@context": _CONTEXT,
        "@type": "dcat:Catalog",
        "@id": page(publisher),
        "dct:title": f"{publisher.name}主动公开信息数据目录",
        "dct:description": "主动公开的政府信息，供下载和程序读取；内容与网站相同，随发布即时更新。",
        "dct:publisher": _body(publisher, page),
        "dct:language": "zh-CN",
        "dct:license": {"@type": "dct:LicenseDocument", "dct:description": LICENCE},
        "dcat:dataset": [_dataset(one, newest, address, page) for one, newest in agencies.items()],
    }


def _body(agency: Agency, page: Callable[[Agency], str]) -> dict[str, Any]:
    return {
        "@type": "foaf:Organization",
        "@id": page(agency),
        "foaf:name": agency.name,
        "dct:identifier": agency.code,
    }


def _dataset(
    agency: Agency, newest: datetime | None, address: Address, page: Callable[[Agency], str]
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "@type": "dcat:Dataset",
        "@id": address(agency, ""),
        "dct:identifier": f"{agency.code}-documents",
        "dct:title": f"{agency.name}主动公开文件",
        "dct:description": f"{agency.name}主动公开的全部文件：公文信息、有效性和正文。",
        "dct:publisher": _body(agency, page),
        "dct:accrualPeriodicity": _IRREGULAR,
        "dcat:keyword": ["政府信息公开", "主动公开", agency.short_name],
        "dcat:landingPage": page(agency),
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "@id": address(agency, one.file_name),
                "dct:title": one.label,
                "dct:description": one.description,
                "dcat:downloadURL": address(agency, one.file_name),
                "dcat:mediaType": one.media_type,
                "dct:license": {"@type": "dct:LicenseDocument", "dct:description": LICENCE},
            }
            for one in FORMATS
        ],
    }
    if newest is not None:
        told["dct:modified"] = {"@type": "xsd:dateTime", "@value": newest.isoformat()}
    return told
