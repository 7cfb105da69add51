// Reads networks as Gephi Lite does (its call of graphology-gexf and graphology-graphml) and prints what it found.
// Each line of standard input is the path of a file; the answer is an array of one object for each.
import { readFileSync } from "node:fs";
import Graph from "graphology";
import gexf from "graphology-gexf";
import graphml from "graphology-graphml";

const read = {
  gexf: (text) => gexf.parse(Graph, text, { allowUndeclaredAttributes: true, addMissingNodes: true }),
  graphml: (text) => graphml.parse(Graph, text, { addMissingNodes: true }),
};

function found(path) {
  const graph = read[path.split(".").pop()](readFileSync(path, "utf8"));
  return {
    type: graph.type,
    multi: graph.multi,
    attributes: graph.getAttributes(),
    nodes: graph.mapNodes((id, attributes) => ({ id, attributes })),
    edges: graph.mapEdges((id, attributes, source, target, s, t, undirected) => ({
      id, source, target, undirected, attributes,
    })),
  };
}

const paths = readFileSync(0, "utf8").split("\n").filter(Boolean);
process.stdout.write(JSON.stringify(paths.map(found)));
