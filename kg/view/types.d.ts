/** What the page's scripts share. They are joined into one script; each file sees the others' names. */
declare const vis: any;

interface Claim {
  i: number;
  iri: string;
  art: number | null;
  b: number;
  e: number;
  att: string;
  mod: string;
  neg: number;
  spk: number | null;
  src: number | null;
  s: number | null;
  p: string | null;
  o: number | null;
  about: number[];
  cue: number[];
  rule: number;
  conf: number | null;
  card: number;
}

interface Article {
  i: number;
  iri: string;
  title: string;
  source: string | null;
  date: string | null;
  publisher: number | null;
  cites: number[];
  text: string | null;
}

interface Edge {
  from: number;
  to: number;
  p?: string;
  a?: string;
  m?: string;
  n?: number;
  r?: string;
  claims?: number[];
  smooth?: any;
  dashes?: any;
  width?: number;
}

interface Picture {
  large: boolean;
  nodes: any[];
  edges: Edge[];
  near: number[][];
  degree: number[];
}

interface Drawn {
  nodes: number[];
  edges: number[];
  at: Map<number, [number, number]> | null;
  capped: boolean;
  groups: boolean;
}

interface Link {
  other: number;
  kind: string;
  back: boolean;
}

interface Correction {
  kind: "claim" | "entity";
  id: string;
  field: string;
  old: any;
  new: any;
  name?: string;
  class?: string;
  time: string;
}

interface Window {
  kgView: any;
}
