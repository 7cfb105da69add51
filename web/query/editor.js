// The editor of the SPARQL page. Without it, the page's text field does the same, plainer.
// It lives in a shadow root, where CodeMirror's styles need no exception from the page's security policy.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { HighlightStyle, bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";

const text = document.getElementById("text");
const form = document.getElementById("ask");
const root = document.getElementById("editor").attachShadow({ mode: "open" });

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.definitionKeyword], color: "var(--accent)", fontWeight: "600" },
  { tag: [tags.string, tags.number, tags.bool], color: "var(--green)" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--blue)" },
  { tag: [tags.namespace, tags.url, tags.tagName, tags.propertyName, tags.typeName], color: "var(--ink)" },
  { tag: tags.comment, color: "var(--quiet)", fontStyle: "italic" },
]);

const look = EditorView.theme({
  "&": {
    border: "1px solid var(--line)", borderRadius: ".45rem", background: "var(--raised)", color: "var(--ink)",
    fontSize: ".92rem",
  },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "ui-monospace, 'Cascadia Code', Menlo, Consolas, monospace", lineHeight: "1.5" },
  ".cm-content": { minHeight: "14rem", caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { background: "var(--soft)", color: "var(--quiet)", border: "0", borderRadius: ".45rem 0 0 .45rem" },
  ".cm-activeLine, .cm-activeLineGutter": { background: "var(--soft)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { background: "var(--line) !important" },
  ".cm-tooltip": { background: "var(--raised)", color: "var(--ink)", border: "1px solid var(--line)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--accent)", color: "var(--paper)" },
  ".cm-completionDetail": { color: "inherit", opacity: "0.75" },
});

/** The words of the ontology and the variables of the query; a prefix that is not declared is, on completion. */
function completions(words) {
  const terms = words.terms.map(({ name, label, kind }) => ({
    label: name, detail: label, type: kind === "class" ? "class" : "property", apply: withPrefix(words.prefixes),
  }));
  return (context) => {
    const word = context.matchBefore(/[?$]?[\w:-]+/);
    if (!word && !context.explicit) return null;
    const names = new Set(context.state.doc.toString().match(/[?$]\w+/g) ?? []);
    names.delete(word?.text);
    const variables = [...names].sort().map((label) => ({ label, type: "variable" }));
    return { from: word ? word.from : context.pos, options: [...variables, ...terms], validFor: /^[?$]?[\w:-]*$/ };
  };
}

function withPrefix(prefixes) {
  return (view, completion, from, to) => {
    const prefix = completion.label.split(":")[0];
    const declared = new RegExp(`PREFIX\\s+${prefix}:`, "i").test(view.state.doc.toString());
    const changes = [{ from, to, insert: completion.label }];
    if (!declared) changes.push({ from: 0, insert: `PREFIX ${prefix}: <${prefixes[prefix]}>\n` });
    const added = declared ? 0 : changes[1].insert.length;
    view.dispatch({ changes, selection: { anchor: from + completion.label.length + added } });
  };
}

function submit() {
  form.requestSubmit();
  return true;
}

/** Chromium puts a style on what is typed over a selection, which the page's policy refuses and reports. */
const overSelection = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const typed = event.inputType === "insertText" && /^[^([{"']+$/.test(event.data ?? "");
    if (!typed || view.composing || view.state.selection.main.empty) return false;
    event.preventDefault();
    view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
    return true;
  },
});

function edit(words) {
  const view = new EditorView({
    state: EditorState.create({
      doc: text.value,
      extensions: [
        lineNumbers(), history(), drawSelection(), bracketMatching(), closeBrackets(), highlightActiveLine(),
        EditorView.lineWrapping, sparql(), syntaxHighlighting(colours), look, overSelection,
        autocompletion({ override: [completions(words)] }),
        EditorView.contentAttributes.of({ "aria-label": "Query" }),
        keymap.of([
          { key: "Mod-Enter", run: submit },
          ...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab,
        ]),
        EditorView.updateListener.of((update) => { if (update.docChanged) text.value = update.state.doc.toString(); }),
      ],
    }),
    root,
    parent: root,
  });
  text.hidden = true;
  view.focus();
}

fetch("/words.json").then((answer) => answer.json()).then(edit);
