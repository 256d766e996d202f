#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the vault vectors, by a second implementation of the format.

It shares nothing with lib/vault but the page that describes the bytes; only
XChaCha20-Poly1305 and Argon2id come from libsodium. A vector is added here and
never edited: existing files are left alone.
"""
import ctypes
import ctypes.util
import hashlib
import pathlib
import struct

SODIUM = ctypes.CDLL(ctypes.util.find_library("sodium") or "libsodium.so.23")
SODIUM.sodium_init()
HERE = pathlib.Path(__file__).parent
RAW = bytes(range(32))
WORDS = "correct horse battery staple"
MAGIC = b"claribi-vault/1\n"


def bytes_of(what, size):
    """Stands for randomness: the same in each run."""
    return hashlib.blake2b(what.encode(), digest_size=size).digest()


def blake(data, key=b""):
    return hashlib.blake2b(data, key=key, digest_size=32).digest()


def subkey(master, number):
    return hashlib.blake2b(b"", key=master, digest_size=32,
                           salt=struct.pack("<QQ", number, 0),
                           person=b"claribi1" + bytes(8)).digest()


def encrypt(key, nonce, bound, plain):
    out = ctypes.create_string_buffer(len(plain) + 16)
    SODIUM.crypto_aead_xchacha20poly1305_ietf_encrypt(
        out, None, plain, ctypes.c_ulonglong(len(plain)), bound,
        ctypes.c_ulonglong(len(bound)), None, nonce, key)
    return out.raw


def stretch(words, salt, passes, kib):
    out = ctypes.create_string_buffer(32)
    if SODIUM.crypto_pwhash(
            out, ctypes.c_ulonglong(32), words, ctypes.c_ulonglong(len(words)),
            salt, ctypes.c_ulonglong(passes), ctypes.c_size_t(kib * 1024), 2):
        raise MemoryError
    return out.raw


class Slot:
    def __init__(self, name, kind, secret, passes=0, kib=0, **odd):
        self.name, self.kind, self.secret = name, kind, secret
        self.passes, self.kib = passes, kib
        self.flags, self.zero = odd.get("flags", 0), odd.get("zero", 0)
        self.id = bytes_of("id " + name, 16)
        self.salt = bytes_of("salt " + name, 16)
        self.nonce = bytes_of("nonce " + name, 24)

    def front(self):
        return (struct.pack("<BBH", self.kind, self.flags, self.zero) +
                self.id + struct.pack("<II", self.passes, self.kib) +
                self.salt)

    def wrap(self, vault_id, master):
        if self.kind == 1 and 1 <= self.passes <= 10 and self.kib <= 1 << 20 \
                and self.kib >= 8:
            key = stretch(self.secret, self.salt, self.passes, self.kib)
        else:
            key = blake(b"claribi kek v1" + self.salt, self.secret[:32])
        return self.front() + self.nonce + encrypt(
            key, self.nonce, MAGIC + vault_id + self.front(), master)


def field(tag, value):
    return struct.pack("<BI", tag, len(value)) + value


def when(milliseconds):
    return struct.pack("<q", milliseconds)


def record(name="prod", kind="api-key", secret="phx_prod",
           origins=("https://mcp.posthog.com",), created=1_700_000_000_000,
           rotated=None, note=""):
    fields = field(1, name.encode()) + field(2, kind.encode())
    fields += field(3, secret.encode())
    for origin in origins:
        fields += field(4, origin.encode())
    fields += field(5, when(created))
    if rotated is not None:
        fields += field(6, when(rotated))
    if note:
        fields += field(7, note.encode())
    return fields


def label(slot, text=None, created=1_700_000_000_000):
    text = (slot.name if text is None else text).encode()
    return slot.id + when(created) + struct.pack("<H", len(text)) + text


def body_of(slots, records, labels=None):
    labels = [label(slot) for slot in slots] if labels is None else labels
    body = struct.pack("<HH", len(labels), len(records)) + b"".join(labels)
    for fields in records:
        body += struct.pack("<I", len(fields)) + fields
    return body


def pad(body):
    return body + b"\x80" + bytes(255 - len(body) % 256)


def vault(slots, body, seed="one", count=None, padded=None, mac=None,
          generation=1, magic=MAGIC):
    vault_id = bytes_of("vault " + seed, 16)
    master = bytes_of("master " + seed, 32)
    header = magic + struct.pack("<I", len(slots) if count is None else count)
    header += vault_id + struct.pack("<Q", generation)
    for slot in slots:
        header += slot.wrap(vault_id, master)
    header += mac or blake(header, subkey(master, 1))
    nonce = bytes_of("body nonce " + seed, 24)
    return summed(header + nonce + encrypt(
        subkey(master, 2), nonce, header, pad(body) if padded is None
        else padded))


def summed(front):
    return front + blake(front)


def resum(data):
    return summed(data[:-32])


def raw(name="file", secret=RAW, **odd):
    return Slot(name, 2, secret, **odd)


def words(name="words", passes=1, kib=8, **odd):
    return Slot(name, 1, WORDS.encode(), passes, kib, **odd)


def write(name, about, data, expect, secret="raw " + RAW.hex(), facts=()):
    path = HERE / (name + ".txt")
    if path.exists():
        return
    lines = ["# " + about, "open: " + secret, "expect: " + expect, *facts,
             "bytes:"]
    text = data.hex()
    lines += [text[i:i + 76] for i in range(0, len(text), 76)]
    path.write_text("\n".join(lines) + "\n")


def golden():
    by_words = "passphrase " + WORDS
    write("good_empty", "one raw key slot, no record",
          vault([raw()], body_of([raw()], [])), "ok",
          facts=["generation: 1", "slots: file"])
    two = [words(), raw()]
    one = vault(two, body_of(two, [record()]), generation=7)
    facts = ["generation: 7", "slots: words file",
             "record: prod api-key phx_prod https://mcp.posthog.com"]
    write("good_two_slots", "both kinds of slot, one record: 636 bytes", one,
          "ok", facts=facts)
    write("good_two_slots_words", "the same, by its passphrase", one, "ok",
          by_words, facts)
    slow = [words(passes=2, kib=65536)]
    write("good_passphrase", "a passphrase slot at the floor for new ones",
          vault(slow, body_of(slow, [record()])), "ok", by_words,
          ["generation: 1", "slots: words",
           "record: prod api-key phx_prod https://mcp.posthog.com"])
    eight = [raw("s%d" % i, bytes_of("key %d" % i, 32)) for i in range(8)]
    write("good_eight_slots", "the most slots; opened by the last",
          vault(eight, body_of(eight, [])), "ok",
          "raw " + eight[7].secret.hex(),
          ["generation: 1", "slots: " + " ".join(s.name for s in eight)])
    many = [record(), record("llm", "llm-key", "sk-1",
                             ("https://a.example", "https://b.example:8443"),
                             rotated=1_800_000_000_000, note="two origins")]
    write("good_two_records", "two records, one with every field",
          vault([raw()], body_of([raw()], many), generation=2**40), "ok",
          facts=["generation: 1099511627776", "slots: file",
                 "record: llm llm-key sk-1 https://a.example "
                 "https://b.example:8443",
                 "record: prod api-key phx_prod https://mcp.posthog.com"])


def faults_of_the_file():
    good = vault([raw()], body_of([raw()], [record()]))
    write("file_empty", "no bytes", b"", "vault.corrupt")
    write("file_magic_only", "ends after the magic", MAGIC, "vault.corrupt")
    write("file_cut", "half of a vault", good[:250], "vault.corrupt")
    write("file_checksum", "one bit of the checksum",
          good[:-1] + bytes([good[-1] ^ 1]), "vault.corrupt")
    write("file_foreign", "another file", b'{"keys": {"prod": "phx"}}\n' * 8,
          "vault.format")
    write("file_magic", "one letter of the magic",
          resum(b"Claribi" + good[7:]), "vault.format")
    for digit, kind in (("0", "format"), ("2", "newer"), ("9", "newer"),
                        (":", "format")):
        write("version_%02x" % ord(digit), "version digit " + digit,
              resum(good[:14] + digit.encode() + good[15:]), "vault." + kind)
    write("version_short", "a newer version may be shorter",
          summed(b"claribi-vault/2\nx"), "vault.newer")
    write("version_line_feed", "no line feed after the version",
          resum(good[:15] + b"\r" + good[16:]), "vault.format")
    write("header_only", "ends with the header", summed(good[:160]),
          "vault.format")
    write("body_missing", "no body", summed(good[:216]), "vault.format")
    write("body_tag_only", "a body of nothing",
          vault([raw()], b"", padded=b""), "vault.format")
    write("body_not_a_block", "a body of 255 bytes",
          vault([raw()], b"", padded=bytes(255)), "vault.format")


def faults_of_the_header():
    body = body_of([raw()], [])
    for count in (0, 2, 9, 2**32 - 1):
        write("count_%d" % count, "the slot count says %d" % count,
              vault([raw()], body, count=count), "vault.format")
    nine = [raw("s%d" % i) for i in range(9)]
    write("nine_slots", "one slot too many", vault(nine, body_of(nine, [])),
          "vault.format")
    for kind in (0, 3, 255):
        odd = Slot("odd", kind, RAW)
        write("slot_kind_%d" % kind, "a slot of an unknown kind",
              vault([odd], body_of([odd], [])), "vault.format")
    for name, odd in (("flags", raw(flags=1)), ("zero", raw(zero=256)),
                      ("raw_passes", Slot("file", 2, RAW, 1, 0)),
                      ("raw_memory", Slot("file", 2, RAW, 0, 8))):
        write("slot_" + name, "a slot with a field that must be 0",
              vault([odd], body), "vault.format")
    for name, passes, kib in (("passes_0", 0, 8), ("passes_11", 11, 8),
                              ("memory_7", 1, 7), ("memory_max", 1, 2**32 - 1),
                              ("memory_1g1", 1, 2**20 + 1)):
        two = [raw(), words(passes=passes, kib=kib)]
        write("kdf_" + name, "the cost of a slot is out of bounds",
              vault(two, body_of(two, [])), "vault.kdf")
    good = vault([raw()], body)
    write("wrong_key", "a key that is not the vault's", good, "vault.auth",
          "raw " + "00" * 32)
    write("no_passphrase_slot", "a passphrase where only keys open", good,
          "vault.auth", "passphrase " + WORDS)
    write("wrong_passphrase", "a passphrase that is not the vault's",
          vault([words()], body_of([words()], [])), "vault.auth",
          "passphrase correct horse")
    other = vault([raw()], body, seed="two")
    write("slot_transplanted", "the slot of another vault with the same key",
          resum(good[:44] + other[44:160] + good[160:]), "vault.auth")


def faults_of_the_seal():
    body = body_of([raw()], [record()])
    good = vault([raw()], body)
    other = vault([raw()], body, seed="two")
    write("mac_wrong", "the header MAC is random",
          vault([raw()], body, mac=bytes_of("mac", 32)), "vault.tampered")
    write("generation_edited", "the generation was set back",
          resum(good[:36] + bytes(8) + good[44:]), "vault.tampered")
    write("body_edited", "one bit of the body",
          resum(good[:300] + bytes([good[300] ^ 4]) + good[301:]),
          "vault.tampered")
    write("body_nonce_edited", "one bit of the body's nonce",
          resum(good[:192] + bytes([good[192] ^ 4]) + good[193:]),
          "vault.tampered")
    write("body_transplanted", "the body of another vault with the same key",
          resum(good[:192] + other[192:]), "vault.tampered")
    older = vault([raw()], body, generation=0)
    write("body_older", "the body of an older generation",
          resum(good[:192] + older[192:]), "vault.tampered")
    write("padding_missing", "a body without the end mark",
          vault([raw()], b"", padded=bytes(256)), "vault.tampered")
    write("padding_dirty", "padding that is not zero",
          vault([raw()], b"", padded=pad(body)[:-1] + b"\x01"),
          "vault.tampered")


def faults_of_the_body():
    slot = [raw()]

    def fault(name, about, records, labels=None, body=None):
        write("body_" + name, about,
              vault(slot, body or body_of(slot, records, labels)),
              "vault.format")

    name, kind, secret = field(1, b"n"), field(2, b"k"), field(3, b"s")
    origin, created = field(4, b"https://a.example"), field(5, when(1))
    start = name + kind + secret
    fault("nothing", "a body of no bytes but padding", [], body=b"\x00")
    fault("left_over", "a byte after the records", [],
          body=body_of(slot, [record()]) + b"\0")
    fault("record_count", "one record more than there is", [],
          body=body_of(slot, [])[:2] + b"\1\0" + body_of(slot, [])[4:])
    fault("record_size", "a record longer than the body", [],
          body=body_of(slot, []).replace(b"\1\0\0\0", b"\1\0\1\0", 1) +
          struct.pack("<I", 2**32 - 1) + start)
    fault("field_size", "a field longer than its record",
          [start + origin + struct.pack("<BI", 5, 2**31)])
    fault("two_names", "two records of one name", [record(), record()])
    fault("no_origin", "a record without an origin", [record(origins=())])
    fault("no_secret", "a record without a secret",
          [name + kind + origin + created])
    fault("no_time", "a record without a time", [start + origin])
    fault("name_empty", "an empty name", [record(name="")])
    fault("origin_empty", "an empty origin", [record(origins=("",))])
    fault("unknown_tag", "a field of a later version",
          [record() + field(8, b"x")])
    fault("tag_zero", "a field with tag 0", [field(0, b"x") + record()])
    fault("name_twice", "two names in one record",
          [name + start + origin + created])
    fault("out_of_order", "the origin after the time",
          [start + created + origin])
    fault("time_short", "a time of seven bytes",
          [start + origin + field(5, bytes(7))])
    fault("time_negative", "a time before 1970", [record(created=-1)])
    fault("time_late", "a time after 9999",
          [record(rotated=253_402_300_800_000)])
    fault("label_missing", "a slot without a label", [], labels=[])
    fault("label_foreign", "the label of another slot", [],
          labels=[label(raw("other"))])
    fault("label_cut", "a label longer than the body", [],
          labels=[raw().id + when(1) + struct.pack("<H", 999)])


if __name__ == "__main__":
    golden()
    faults_of_the_file()
    faults_of_the_header()
    faults_of_the_seal()
    faults_of_the_body()
