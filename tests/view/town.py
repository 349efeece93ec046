"""An invented town's graph, of any size, in the terms of the ontology."""

from __future__ import annotations

import random
from pathlib import Path

from rdflib import RDF, SKOS, XSD, BNode, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS

from kg.view.data import GP

ONTOLOGY = Path(__file__).parents[2] / "ontology" / "govplan.ttl"
ID = Namespace("https://w3id.org/govplan/id/")
DOCUMENT = ID["document/plan"]

_FIRST = "柳东西南北青云锦长龙望石金银梅兰竹松桃杏清白沙玉宝永安福泰和兴"
_SECOND = "河湖岭山园坪塘溪湾桥岗田洲泉口坊港峰林城"
_WORKS = ("综合整治工程", "改造提升项目", "(二期)建设工程", "城市更新单元项目", "立体停车库工程")
_SCHEMES = ("“暖心”服务行动", "网格化治理模式", "“四点半”课堂计划", "安全隐患专项整治行动", "党群服务机制")
_BODIES = ("集团", "股份合作公司", "建设有限公司", "派出所", "社会工作服务中心")


def town(size: int, seed: int = 3) -> Dataset:
    """Return a graph of about `size` entities: a street's communities, places, works and bodies."""
    rng = random.Random(seed)
    dataset = Dataset(default_union=True)
    dataset.graph(ID["graph/ontology"]).parse(ONTOLOGY, format="turtle")
    graph = dataset.graph(ID["graph/plan"])
    graph.add((DOCUMENT, RDF.type, GP.Document))
    graph.add((DOCUMENT, DCTERMS.title, Literal("柳河街道2022年工作总结及2023年工作计划", lang="zh")))
    names: set[str] = set()

    def stem() -> str:
        name = rng.choice(_FIRST) + rng.choice(_SECOND)
        while name in names:
            name = rng.choice(_FIRST) + rng.choice(_FIRST) + rng.choice(_SECOND)
        names.add(name)
        return name

    def entity(kind: str, name: str, *aliases: str) -> URIRef:
        iri = ID[f"{kind.lower()}/{name}"]
        graph.add((iri, RDF.type, GP[kind]))
        graph.add((iri, SKOS.prefLabel, Literal(name, lang="zh")))
        for alias in aliases:
            graph.add((iri, SKOS.altLabel, Literal(alias, lang="zh")))
        return iri

    def state(subject: URIRef, predicate: URIRef, object_: URIRef, quote: str, sentence: str) -> None:
        graph.add((subject, predicate, object_))
        claim, mention = BNode(), _mention(graph, subject, quote, sentence, rng)
        for part, value in ((RDF.subject, subject), (RDF.predicate, predicate), (RDF.object, object_)):
            graph.add((claim, part, value))
        graph.add((claim, GP.evidence, mention))
        graph.add((claim, GP.confidence, Literal(round(rng.uniform(0.6, 0.98), 2))))

    ladder = [entity("AdminArea", name) for name in ("中国", "江南省", "临江市", "柳河区", "柳河街道")]
    for inner, outer in zip(ladder[1:], ladder, strict=False):
        graph.add((inner, GP.locatedIn, outer))
    street = ladder[-1]
    communities = []
    for _ in range(max(size // 22, 3)):
        name = stem()
        communities.append(entity("Community", f"{name}社区", name))
        graph.add((communities[-1], GP.locatedIn, street))
    places = []
    for _ in range(size // 4):
        kind, ending = rng.choice(
            [("Street", "路"), ("Area", "片区"), ("Facility", "公园"), ("Facility", "学校"), ("Area", "小区")]
        )
        places.append(entity(kind, stem() + ending))
        inside = rng.choice(communities) if rng.random() < 0.4 else street
        graph.add((places[-1], GP.locatedIn, inside))
    items = [entity("WorkItem", f"{number}.着力补齐{stem()}短板") for number in range(1, size // 30 + 2)]
    bodies = [entity("Organization", stem() + rng.choice(_BODIES)) for _ in range(size // 9)]
    awards = [entity("Award", f"{stem()}示范街道") for _ in range(size // 25)]
    for _ in range(size // 2):
        if rng.random() < 0.6:
            name = stem() + rng.choice(_WORKS)
            work = entity("Project", name, name[:-2])
            phases = ["approved", "under-construction", "completed", "in-operation"]
        else:
            name = stem() + rng.choice(_SCHEMES)
            work = entity(rng.choice(["Program", "Program", "Policy", "Event"]), name)
            phases = ["launched", "ongoing"]
        at = rng.choice(communities + places + places) if rng.random() < 0.75 else None
        at_name = str(graph.value(at, SKOS.prefLabel)) if at else "街道"
        at_phase = rng.randrange(len(phases))
        sentence = f"全年统筹推进民生实事,{at_name}{name}顺利完成年度任务,群众满意度持续提升。"
        if at:
            state(work, GP.location, at, name, sentence)
        if rng.random() < 0.3:
            state(work, GP.partOf, rng.choice(items), name, sentence)
        if rng.random() < 0.2:
            state(work, GP.agent, rng.choice(bodies), name, sentence)
        for year, phase, stance in ((2022, phases[at_phase], "achieved"), (2023, phases[-1], "planned")):
            if rng.random() < 0.7:
                status = BNode()
                graph.add((status, GP.phase, GP[phase]))
                graph.add((status, GP.modality, GP[stance]))
                graph.add((status, GP.year, Literal(str(year), datatype=XSD.gYear)))
                state(work, GP.hasStatus, status, name, sentence)
    for award in awards:
        state(rng.choice(communities), GP.received, award, "示范街道", "荣获示范街道称号。")
    return dataset


def _mention(graph: Graph, of: URIRef, quote: str, sentence: str, rng: random.Random) -> BNode:
    mention, start = BNode(), rng.randrange(12000)
    graph.add((mention, GP.mentionOf, of))
    graph.add((mention, GP.inDocument, DOCUMENT))
    graph.add((mention, GP.quote, Literal(quote)))
    graph.add((mention, GP.start, Literal(start)))
    graph.add((mention, GP.end, Literal(start + len(quote))))
    graph.add((mention, GP.sentence, Literal(sentence)))
    return mention
