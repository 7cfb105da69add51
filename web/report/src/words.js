// All that the page says by itself, in one place, so that another language is another table like this one.

export const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];

export const W = {
  // head
  counts: (articles, events, actors) =>
    `${many(articles, "article")} · ${many(events, "event")} · ${many(actors, "actor")}`,
  search: "Search",
  searchHint: "An actor, place or event",
  searchNone: "Nothing has this name.",
  searchSentences: (words) => `Sentences with “${words}”`,
  theme: "Light or dark",
  made: (version) => `Made by protest-kg ${version} from the articles listed under Tables. Programs read them and make mistakes: every fact here leads to its sentence.`,
  views: { network: "Network", timeline: "Timeline", map: "Map", crowds: "Crowds", tables: "Tables" },
  viewsName: "Views",
  details: "Details",
  close: "Close",
  more: (n) => `Show ${n} more`,
  ofAll: (shown, all, what) => `The ${shown.toLocaleString("en")} ${what} of ${all.toLocaleString("en")}`,

  // network
  relations: "Ties",
  types: "Actors",
  colourBy: "Colour",
  sizeBy: "Size",
  colours: { type: "type", community: "community" },
  sizes: { degree: "neighbours", strength: "strength of ties", betweenness: "betweenness", events: "events" },
  least: "Weight at least",
  period: "Period",
  from: "From",
  until: "Until",
  undated: "without a date too",
  reset: "Show all",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  fit: "Show the whole",
  save: "Save as SVG",
  networkName: (nodes, edges) => `${many(nodes, "actor")} and ${many(edges, "tie")}. Arrow keys move, + and − zoom; the list below has the same.`,
  networkList: (n) => `${many(n, "actor")} shown, as a list`,
  networkEmpty: "No article says of two actors that they act together, target, support or oppose each other.",
  networkHidden: "Nothing is left with these filters.",
  networkCapped: (shown, all) => `Shown are the ${shown.toLocaleString("en")} actors with the strongest ties, of ${all.toLocaleString("en")}.`,
  edgesCapped: (shown, all) => `Of ${all.toLocaleString("en")} ties the ${shown.toLocaleString("en")} strongest among them are shown.`,
  factsCapped: (shown, all) => `This page holds ${shown.toLocaleString("en")} of ${all.toLocaleString("en")} facts: those about what most articles report.`,
  community: (n) => `community ${n}`,
  noCommunity: "none",
  otherCommunities: "smaller ones",

  // start
  startHead: "What is here",
  startText: "Choose an actor, a tie, an event or a place, and its sentences appear here.",
  startActors: "Most connected",
  startEvents: "Most reported protests",
  startCrowds: "Largest crowds",

  // panel
  kinds: {
    "acts with": "acts with", "targets": "targets", "supports": "supports", "opposes": "opposes",
    "supports protest of": "supports a protest of", "opposes protest of": "opposes a protest of",
    "holds office in": "holds an office in",
  },
  roles: { organizer: "organiser", participant: "participant", target: "target", absent: "absent", place: "place" },
  roleHeads: { place: "Where", organizer: "Called or led by", participant: "Took part", target: "Directed at", absent: "Stayed away" },
  status: { occurred: "took place", planned: "planned", cancelled: "called off" },
  also: "also",
  inArticles: (articles, events) => [many(articles, "article"), events ? many(events, "event") : ""].filter(Boolean).join(", "),
  offices: "Offices",
  officeholders: "People in office",
  events: "Events",
  statements: "Statements",
  stances: "Stances",
  supports: "supports",
  opposes: "opposes",
  supportedBy: "supported by",
  opposedBy: "opposed by",
  demands: "Demands",
  demandsOf: "Demanded of them",
  demandFor: "for",
  demandAgainst: "against",
  slogans: "Slogans",
  crowd: "How many",
  figures: "Figures they gave",
  casualties: "Killed, injured, arrested",
  casualtyKinds: { killed: "killed", injured: "injured", arrested: "arrested" },
  affected: { protesters: "protesters", police: "police", others: "others" },
  when: "When",
  bound: { start: "begins", end: "ends" },
  basis: { stated: "stated", relative: "from the day of publication", inferred: "inferred" },
  related: "Other events",
  relations_: {
    triggered: ["set off", "was set off by"], partOf: ["is part of", "has as a part"], responseTo: ["answers", "was answered by"],
  },
  reported: "Reported in",
  named: "Named in",
  ties: "Ties",
  showNetwork: "Show in the network",
  tie: "Tie",
  thisOne: "this one",
  tieEvents: "Protests",
  evidence: "What the articles say",
  openSentences: "Sentences",
  noEvidence: "The sentences behind this are not part of this page.",
  sentences: (n) => many(n, "sentence"),
  confidence: (c) => `confidence ${c.toFixed(2)}`,
  noTitle: "(no title)",
  here: "Events here",
  found: (n, words) => `${many(n, "sentence")} with “${words}”`,

  // timeline
  eventTypes: "Events",
  timelineName: (n) => `${many(n, "event")} on a time axis; the table of events has the same`,
  timelineNote: "Above the line protests, below it what set them off or answered them. The larger a dot, the larger the crowd; a ring has no figure.",
  timelineUndated: (n) => `${many(n, "event")} without a year ${n === 1 ? "is" : "are"} not on the axis:`,
  timelineEmpty: "No event here has a date with a year, so there is no axis to put it on.",
  protests: "protests",
  context: "context",

  // map
  mapName: (n) => `Map of ${many(n, "place")}`,
  mapNote: "The larger a dot, the more events. A ring is a whole country or region.",
  mapUnknown: (n) => `${many(n, "place")} with events ${n === 1 ? "has" : "have"} no known coordinates:`,
  mapEmpty: "No place here has known coordinates.",
  mapCredit: "Outlines: Natural Earth",

  // crowds
  crowdsNote: "Each line is one figure from one article, on a scale where every step is ten times the one before. An open arrow means “at least” or “up to”.",
  crowdsEmpty: "No article here says how many took part.",
  estimators: { organisers: "organisers", police: "police", authorities: "authorities", media: "media" },
  reporter: "the article",
  order: "Order",
  orders: { gap: "where they differ most", size: "largest first", date: "by date" },
  crowdsName: (low, high, who) => `${who}: ${low ?? "up to"}${high === null ? " or more" : high === low ? "" : ` to ${high}`}`,

  // tables
  tables: { events: "Events", actors: "Actors", statements: "Statements", stances: "Stances", demands: "Demands", offices: "Offices", articles: "Articles" },
  filter: "Filter",
  rows: (n, all) => (n === all ? many(n, "row") : `${n.toLocaleString("en")} of ${many(all, "row")}`),
  csv: "Save as CSV",
  tableEmpty: "There are none.",
  tableNone: "No row has these words.",
  columns: {
    event: "Event", type: "Type", start: "Begins", status: "Status", place: "Where", organizers: "Called or led by",
    participants: "Took part", targets: "Directed at", crowd: "Largest figure", articles: "Articles", actor: "Actor",
    events: "Events", degree: "Neighbours", strength: "Strength", betweenness: "Betweenness", speaker: "Speaker",
    words: "Words", kind: "Speech", article: "Article", published: "Published", holder: "Who", side: "Side", about: "About",
    demand: "Demand", polarity: "For or against", by: "By", of: "Of whom", person: "Person", office: "Office",
    body: "Where", title: "Title", outlet: "Outlet", facts: "Facts", address: "Address",
  },
  speech: { direct: "quoted", indirect: "reported" },
};

export function many(n, what) {
  return `${n.toLocaleString("en")} ${what}${n === 1 ? "" : "s"}`;
}

// A date of the graph in words: a day, a month, a year, or a day of no known year.
export function date(value) {
  if (!value) return "";
  const [, year, month, day] = /^(-|\d+)(?:-(\d\d))?(?:-(\d\d))?$/.exec(value) ?? [];
  if (!year) return value;
  const words = [day && String(Number(day)), month && MONTHS[Number(month) - 1], year !== "-" && year];
  return words.filter(Boolean).join(" ");
}

export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
