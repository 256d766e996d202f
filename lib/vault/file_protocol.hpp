// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "vault/system_calls.hpp"

namespace claribi::vault {

// What becomes of vault.bak when the vault is replaced.
enum class Backup {
  keep,    // It becomes the state that is replaced.
  remove,  // It goes: it would bring back what was revoked.
  leave,   // It stays as it is.
};

// The bytes of a vault on disk, and the only way they are replaced: under a
// lock, written beside, synced, read back and checked, renamed. A reader takes
// no lock and sees the old state or the new one. Beside the file FILE lie
// FILE.lock, FILE.bak and, while writing, .FILE.tmp.* and .FILE.bak.tmp.
//
// Folder and files belong to the user and are closed to everyone else; anything
// else is refused (vault_permission), as are links, pipes and whatever is no
// regular file (vault_io). Other kinds: vault_absent, vault_locked after 10 s,
// vault_format above 1 MiB, vault_io with the call that failed. After an
// error the vault is as it was, unless the message says that it was saved.
class FileProtocol {
 public:
  // Gives the new bytes for the current ones. An error ends the replacement
  // before anything is written.
  using Change = std::function<Result<std::string>(std::string_view current)>;
  // Whether the bytes read back are what was meant.
  using Check = std::function<Result<void>(std::string_view written)>;

  FileProtocol(std::filesystem::path file, SystemCalls& calls);

  [[nodiscard]] const std::filesystem::path& path() const { return file_; }
  [[nodiscard]] std::filesystem::path backup_path() const;

  [[nodiscard]] Result<std::string> read() const;
  [[nodiscard]] Result<std::string> read_backup() const;

  // Fails (vault_io) if there is something of that name, whatever it is. The
  // folder exists.
  [[nodiscard]] Result<void> create(std::string_view bytes, const Check& check);
  [[nodiscard]] Result<void> replace(Backup backup, const Change& change,
                                     const Check& check);
  // Replaces whatever is there, or nothing, by what `make` gives under the
  // lock.
  [[nodiscard]] Result<void> restore(
      const std::function<Result<std::string>()>& make, const Check& check);

 private:
  [[nodiscard]] Result<Descriptor> open_folder() const;
  [[nodiscard]] Result<std::string> read_in(const Descriptor& folder,
                                            const std::string& name) const;
  [[nodiscard]] Result<void> expect_absent(const Descriptor& folder) const;
  [[nodiscard]] Result<Descriptor> lock(const Descriptor& folder) const;
  [[nodiscard]] Result<void> sweep(const Descriptor& folder) const;
  [[nodiscard]] Result<void> write_beside(const Descriptor& folder,
                                          const std::string& temporary,
                                          std::string_view bytes,
                                          const Check& check) const;
  [[nodiscard]] Result<void> keep_backup(const Descriptor& folder,
                                         Backup backup) const;
  [[nodiscard]] Result<void> put_in_place(const Descriptor& folder,
                                          std::string_view bytes, Backup backup,
                                          const Check& check) const;
  [[nodiscard]] Result<void> check_status(const Descriptor& file,
                                          const std::string& name,
                                          mode_t type) const;
  [[nodiscard]] std::filesystem::path beside(const std::string& name) const;

  std::filesystem::path file_;
  std::string name_;
  SystemCalls& calls_;
};

}  // namespace claribi::vault
