// SPDX-License-Identifier: MIT
// The encrypted part of a vault: labels of the slots, and the records.
#include <algorithm>
#include <utility>

#include "base/result.hpp"
#include "vault/bytes.hpp"
#include "vault/format.hpp"

namespace claribi::vault {
namespace {

enum class Tag : uint8_t {
  name = 1,
  kind,
  secret,
  origin,
  created,
  rotated,
  note
};
constexpr auto last_tag = std::to_underlying(Tag::note);
constexpr Instant last_instant{std::chrono::milliseconds{253'402'300'799'999}};

constexpr unsigned bit(Tag tag) {
  return 1U << std::to_underlying(tag);
}
constexpr unsigned required_fields = bit(Tag::name) | bit(Tag::kind) |
                                     bit(Tag::secret) | bit(Tag::origin) |
                                     bit(Tag::created);

std::unexpected<Error> faulty(std::string_view what) {
  return fail(ErrorKind::vault_format,
              "written by a faulty version of claribi: " + std::string(what));
}

void write_instant(Sink& out, Instant at) {
  out.number(static_cast<uint64_t>(at.time_since_epoch().count()));
}

void write_field(Sink& out, Tag tag, std::string_view value) {
  out.number(std::to_underlying(tag));
  out.number(static_cast<uint32_t>(value.size()));
  out.text(value);
}

void write_field(Sink& out, Tag tag, Instant value) {
  out.number(std::to_underlying(tag));
  out.number(static_cast<uint32_t>(sizeof(uint64_t)));
  write_instant(out, value);
}

void write_fields(Sink& out, const Record& record) {
  const RecordInfo& info = record.info;
  write_field(out, Tag::name, info.name);
  write_field(out, Tag::kind, info.kind);
  write_field(out, Tag::secret, record.secret.view());
  for (const auto& origin : info.origins)
    write_field(out, Tag::origin, origin);
  write_field(out, Tag::created, info.created);
  if (info.rotated) write_field(out, Tag::rotated, *info.rotated);
  if (!info.note.empty()) write_field(out, Tag::note, info.note);
}

void write_contents(Sink& out, const Contents& contents) {
  out.number(static_cast<uint16_t>(contents.labels.size()));
  out.number(static_cast<uint16_t>(contents.records.size()));
  for (const auto& label : contents.labels) {
    out.text(as_text(label.id));
    write_instant(out, label.created);
    out.number(static_cast<uint16_t>(label.label.size()));
    out.text(label.label);
  }
  for (const auto& record : contents.records) {
    Sink count;
    write_fields(count, record);
    out.number(static_cast<uint32_t>(count.size()));
    write_fields(out, record);
  }
}

// Empty when the bytes are no time that claribi writes.
std::optional<Instant> read_instant(Cursor& in) {
  const std::chrono::milliseconds since{
      static_cast<int64_t>(in.number<uint64_t>())};
  const Instant at{since};
  if (!in.good() || at < Instant{} || at > last_instant) return std::nullopt;
  return at;
}

std::optional<Instant> read_instant_field(std::string_view value) {
  Cursor in(value);
  const auto at = read_instant(in);
  return in.done() ? at : std::nullopt;
}

// Whether the value is one that this field can have.
Result<bool> set_field(Record& record, Tag tag, std::string_view value) {
  RecordInfo& info = record.info;
  switch (tag) {
    case Tag::name:
      info.name = value;
      return !value.empty();
    case Tag::kind:
      info.kind = value;
      return !value.empty();
    case Tag::secret: {
      CLARIBI_TRY_ASSIGN(record.secret, Secret::copy_of(value));
      return !value.empty();
    }
    case Tag::origin:
      info.origins.emplace_back(value);
      return !value.empty();
    case Tag::created: {
      const auto at = read_instant_field(value);
      info.created = at.value_or(Instant{});
      return at.has_value();
    }
    case Tag::rotated:
      info.rotated = read_instant_field(value);
      return info.rotated.has_value();
    case Tag::note:
      info.note = value;
      return !value.empty();
  }
  return false;
}

Result<Record> read_record(std::string_view bytes) {
  Cursor in(bytes);
  Record record;
  unsigned seen = 0;
  uint8_t last = 0;
  while (!in.done()) {
    const auto tag = in.number<uint8_t>();
    const auto value = in.take(in.number<uint32_t>());
    const bool repeats = tag == last && tag == std::to_underlying(Tag::origin);
    if (!in.good() || tag > last_tag || (tag <= last && !repeats)) {
      return faulty("the fields of a record are cut or out of order");
    }
    CLARIBI_TRY_ASSIGN(const bool fits,
                       set_field(record, static_cast<Tag>(tag), value));
    if (!fits) return faulty("a field of a record has no such value");
    seen |= bit(static_cast<Tag>(tag));
    last = tag;
  }
  if ((seen & required_fields) != required_fields) {
    return faulty("a record lacks a field");
  }
  return record;
}

Result<SlotLabel> read_label(Cursor& in) {
  SlotLabel label;
  in.block(label.id);
  const auto created = read_instant(in);
  label.label = in.take(in.number<uint16_t>());
  if (!in.good() || !created) return faulty("the label of a slot is cut");
  label.created = *created;
  return label;
}

}  // namespace

Result<Secret> write_body(const Contents& contents) {
  Sink count;
  write_contents(count, contents);
  CLARIBI_TRY_ASSIGN(Secret body, Secret::of_size(padded_size(count.size())));
  Sink out(body.bytes().data());
  write_contents(out, contents);
  pad(body.bytes(), out.size());
  return body;
}

Result<Contents> read_body(std::string_view body) {
  Cursor in(body);
  Contents contents;
  const auto labels = in.number<uint16_t>();
  const auto records = in.number<uint16_t>();
  for (unsigned i = 0; i < labels; ++i) {
    CLARIBI_TRY_ASSIGN(SlotLabel label, read_label(in));
    contents.labels.push_back(std::move(label));
  }
  for (unsigned i = 0; i < records; ++i) {
    const auto bytes = in.take(in.number<uint32_t>());
    if (!in.good()) return faulty("a record is cut");
    CLARIBI_TRY_ASSIGN(Record record, read_record(bytes));
    if (std::ranges::any_of(contents.records, [&](const Record& other) {
          return other.info.name == record.info.name;
        })) {
      return faulty("two records have one name");
    }
    contents.records.push_back(std::move(record));
  }
  if (!in.good() || !in.rest().empty()) return faulty("bytes are left over");
  return contents;
}

}  // namespace claribi::vault
