// SPDX-License-Identifier: MIT
#include "demo/store.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <utility>

#include <sqlite3.h>

#include "base/result.hpp"

namespace claribi::demo {

namespace {

using Steady = std::chrono::steady_clock;
using ScalarFunction = std::function<Cell(std::span<const Cell>)>;

struct Finalize {
  void operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
  }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

// A path as the file: URI that SQLite reads its open flags from.
std::string immutable_uri(const std::filesystem::path& path) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char c : path.string()) {
    if (c == '?' || c == '#' || c == '%') {
      const auto byte = static_cast<unsigned char>(c);
      uri += '%';
      uri += hex[byte >> 4U];
      uri += hex[byte & 0xfU];
    } else {
      uri += c;
    }
  }
  return uri + "?immutable=1";
}

int narrow(size_t size) {
  constexpr size_t most = std::numeric_limits<int>::max();
  return static_cast<int>(std::min(size, most));
}

// The text stays SQLite's until the row moves on, so the cell must outlive
// the step.
int bind_cell(sqlite3_stmt* statement, int index, const Cell& cell) {
  if (const auto* integer = std::get_if<int64_t>(&cell)) {
    return sqlite3_bind_int64(statement, index, *integer);
  }
  if (const auto* real = std::get_if<double>(&cell)) {
    return sqlite3_bind_double(statement, index, *real);
  }
  if (const auto* text = std::get_if<std::string>(&cell)) {
    return sqlite3_bind_text64(statement, index, text->data(), text->size(),
                               SQLITE_STATIC, SQLITE_UTF8);
  }
  return sqlite3_bind_null(statement, index);
}

Cell read_cell(sqlite3_value* value) {
  switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
      return sqlite3_value_int64(value);
    case SQLITE_FLOAT:
      return sqlite3_value_double(value);
    case SQLITE_NULL:
      return std::monostate();
    default: {
      const auto* bytes = static_cast<const char*>(sqlite3_value_blob(value));
      const auto size = static_cast<size_t>(sqlite3_value_bytes(value));
      return bytes == nullptr ? std::string() : std::string(bytes, size);
    }
  }
}

void give_result(sqlite3_context* context, const Cell& cell) {
  if (const auto* integer = std::get_if<int64_t>(&cell)) {
    sqlite3_result_int64(context, *integer);
  } else if (const auto* real = std::get_if<double>(&cell)) {
    sqlite3_result_double(context, *real);
  } else if (const auto* text = std::get_if<std::string>(&cell)) {
    sqlite3_result_text64(context, text->data(), text->size(), SQLITE_TRANSIENT,
                          SQLITE_UTF8);
  } else {
    sqlite3_result_null(context);
  }
}

void call_function(sqlite3_context* context, int count,
                   sqlite3_value** values) {
  const auto* function =
      static_cast<const ScalarFunction*>(sqlite3_user_data(context));
  std::vector<Cell> arguments;
  arguments.reserve(static_cast<size_t>(count));
  for (int i = 0; i < count; ++i)
    arguments.push_back(read_cell(values[i]));
  give_result(context, (*function)(arguments));
}

void delete_function(void* function) {
  delete static_cast<ScalarFunction*>(function);
}

// The state of quantile(): SQLite gives zeroed memory, so a pointer that is
// made at the first row and freed at the end.
struct Sample {
  std::vector<double> values;
  double level = 0.5;
};

void quantile_step(sqlite3_context* context, int, sqlite3_value** values) {
  auto** sample = static_cast<Sample**>(
      sqlite3_aggregate_context(context, sizeof(Sample*)));
  if (sample == nullptr) return sqlite3_result_error_nomem(context);
  if (*sample == nullptr) *sample = new Sample;
  const int type = sqlite3_value_numeric_type(values[0]);
  if (type != SQLITE_INTEGER && type != SQLITE_FLOAT) return;
  (*sample)->values.push_back(sqlite3_value_double(values[0]));
  (*sample)->level = sqlite3_value_double(values[1]);
}

void quantile_final(sqlite3_context* context) {
  auto** held = static_cast<Sample**>(sqlite3_aggregate_context(context, 0));
  if (held == nullptr || *held == nullptr) return;  // NULL: no rows.
  const std::unique_ptr<Sample> sample(std::exchange(*held, nullptr));
  if (sample->values.empty()) return;
  auto& values = sample->values;
  std::ranges::sort(values);
  const double level = std::clamp(sample->level, 0.0, 1.0);
  const double place = level * static_cast<double>(values.size() - 1);
  const auto below = static_cast<size_t>(place);
  const size_t above = std::min(below + 1, values.size() - 1);
  const double share = place - static_cast<double>(below);
  sqlite3_result_double(
      context, values[below] + (share * (values[above] - values[below])));
}

int past_deadline(void* deadline) {
  return Steady::now() > *static_cast<const Steady::time_point*>(deadline) ? 1
                                                                           : 0;
}

}  // namespace

json::Value to_json(const Cell& cell) {
  if (const auto* integer = std::get_if<int64_t>(&cell)) return *integer;
  if (const auto* real = std::get_if<double>(&cell)) return *real;
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  return nullptr;
}

struct Store::Database {
  sqlite3* handle = nullptr;
  std::mutex mutex;  // One statement at a time: the time limit is the handle's.

  Database() = default;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  Database(Database&&) = delete;
  Database& operator=(Database&&) = delete;
  ~Database() { sqlite3_close_v2(handle); }

  [[nodiscard]] std::unexpected<Error> failed(ErrorKind kind,
                                              std::string_view doing) const {
    return fail(kind, std::string(doing) + ": " + sqlite3_errmsg(handle));
  }

  [[nodiscard]] Result<void> start(const std::string& name, int flags) {
    if (sqlite3_open_v2(name.c_str(), &handle, flags, nullptr) != SQLITE_OK) {
      return failed(ErrorKind::file, "cannot open " + name);
    }
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, 64 << 20);
    sqlite3_create_function_v2(handle, "quantile", 2,
                               SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr,
                               nullptr, quantile_step, quantile_final, nullptr);
    return {};
  }

  [[nodiscard]] Result<Statement> prepare(const std::string& sql,
                                          ErrorKind kind) const {
    sqlite3_stmt* raw = nullptr;
    const char* tail = nullptr;
    const int status = sqlite3_prepare_v2(handle, sql.c_str(),
                                          narrow(sql.size()), &raw, &tail);
    Statement statement(raw);
    if (status != SQLITE_OK) return fail(kind, sqlite3_errmsg(handle));
    if (statement == nullptr) return fail(kind, "no statement");
    const auto used = static_cast<size_t>(tail - sql.c_str());
    if (sql.find_first_not_of(" \t\r\n;", used) != std::string::npos) {
      return fail(kind, "more than one statement");
    }
    return statement;
  }
};

Store::Store(std::unique_ptr<Database> database)
    : database_(std::move(database)) {
}
Store::Store(Store&& other) noexcept = default;
Store& Store::operator=(Store&& other) noexcept = default;
Store::~Store() = default;

Result<Store> Store::open(const std::filesystem::path& path) {
  auto database = std::make_unique<Database>();
  // A finished file is never written again, only replaced: without locks and
  // journals it can be read from anywhere, a read-only folder included.
  CLARIBI_TRY(database->start(immutable_uri(path), SQLITE_OPEN_READONLY |
                                                       SQLITE_OPEN_URI |
                                                       SQLITE_OPEN_NOMUTEX));
  Store store(std::move(database));
  auto check = store.query("SELECT count(*) FROM sqlite_master");
  if (!check) {
    return fail(ErrorKind::file,
                "cannot read " + path.string() + ": " + check.error().message);
  }
  return store;
}

Result<Store> Store::create(const std::filesystem::path& path) {
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
  auto database = std::make_unique<Database>();
  CLARIBI_TRY(database->start(path.string(), SQLITE_OPEN_READWRITE |
                                                 SQLITE_OPEN_CREATE |
                                                 SQLITE_OPEN_NOMUTEX));
  Store store(std::move(database));
  // A file that is not whole is thrown away, so nothing needs to be undone.
  CLARIBI_TRY(
      store.execute("PRAGMA page_size=8192; PRAGMA journal_mode=OFF;"
                    "PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;"
                    "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536;"));
  return store;
}

Result<Rows> Store::query(std::string_view sql,
                          std::span<const Cell> parameters,
                          QueryLimits limits) const {
  const std::scoped_lock lock(database_->mutex);
  CLARIBI_TRY_ASSIGN(
      const Statement statement,
      database_->prepare(std::string(sql), ErrorKind::tool_error));
  if (sqlite3_stmt_readonly(statement.get()) == 0) {
    return fail(ErrorKind::tool_error, "the statement would write");
  }
  for (size_t i = 0; i < parameters.size(); ++i) {
    if (bind_cell(statement.get(), narrow(i + 1), parameters[i]) != SQLITE_OK) {
      return database_->failed(ErrorKind::tool_error, "parameter");
    }
  }
  auto deadline = Steady::now() + limits.time;
  sqlite3_progress_handler(database_->handle, 1000, past_deadline, &deadline);
  Rows result;
  const int columns = sqlite3_column_count(statement.get());
  for (int i = 0; i < columns; ++i) {
    result.columns.emplace_back(sqlite3_column_name(statement.get(), i));
  }
  int status = SQLITE_ROW;
  while ((status = sqlite3_step(statement.get())) == SQLITE_ROW) {
    if (result.rows.size() == limits.rows) {
      result.more = true;
      break;
    }
    auto& row = result.rows.emplace_back();
    row.reserve(static_cast<size_t>(columns));
    for (int i = 0; i < columns; ++i) {
      row.push_back(read_cell(sqlite3_column_value(statement.get(), i)));
    }
  }
  sqlite3_progress_handler(database_->handle, 0, nullptr, nullptr);
  if (status == SQLITE_INTERRUPT) {
    return fail(ErrorKind::limit_reached,
                "the query took longer than " +
                    std::to_string(limits.time.count()) + " ms");
  }
  if (status != SQLITE_ROW && status != SQLITE_DONE) {
    return fail(ErrorKind::tool_error, sqlite3_errmsg(database_->handle));
  }
  return result;
}

Result<void> Store::execute(std::string_view sql) {
  const std::scoped_lock lock(database_->mutex);
  if (sqlite3_exec(database_->handle, std::string(sql).c_str(), nullptr,
                   nullptr, nullptr) != SQLITE_OK) {
    return database_->failed(ErrorKind::file, "cannot write the demo data");
  }
  return {};
}

Result<void> Store::insert(
    std::string_view sql, const std::function<bool(std::vector<Cell>&)>& next) {
  const std::scoped_lock lock(database_->mutex);
  CLARIBI_TRY_ASSIGN(const Statement statement,
                     database_->prepare(std::string(sql), ErrorKind::file));
  std::vector<Cell> cells;
  while (next(cells)) {
    bool bound = true;
    for (size_t i = 0; i < cells.size(); ++i) {
      bound = bound &&
              bind_cell(statement.get(), narrow(i + 1), cells[i]) == SQLITE_OK;
    }
    if (!bound || sqlite3_step(statement.get()) != SQLITE_DONE) {
      return database_->failed(ErrorKind::file, "cannot write the demo data");
    }
    sqlite3_reset(statement.get());
  }
  return {};
}

Result<void> Store::define(std::string_view name, int arguments,
                           ScalarFunction function) const {
  const std::scoped_lock lock(database_->mutex);
  const std::string copy(name);
  auto held = std::make_unique<ScalarFunction>(std::move(function));
  // SQLite frees the function, also when it refuses it.
  if (sqlite3_create_function_v2(database_->handle, copy.c_str(), arguments,
                                 SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                                 held.release(), call_function, nullptr,
                                 nullptr, delete_function) != SQLITE_OK) {
    return database_->failed(ErrorKind::internal, "cannot define " + copy);
  }
  return {};
}

}  // namespace claribi::demo
