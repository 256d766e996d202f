// SPDX-License-Identifier: MIT
#include "cli/commands.hpp"

#include <algorithm>
#include <array>

#include "cli/commands/command_rows.hpp"

namespace claribi::cli {

std::span<const Command> commands() {
  static const auto table = std::to_array<Command>({
      complete_command(),
      generate_command(),
      alias_command(),
      ask_command(),
      call_command(),
      catalog_command(),
      completion_command(),
      connect_command(),
      demo_info_command(),
      demo_load_command(),
      demo_reset_command(),
      demo_serve_command(),
      disconnect_command(),
      doctor_command(),
      help_command_row(),
      run_command_row(),
      sources_command(),
      sources_list_command(),
      sources_remove_command(),
      sources_rename_command(),
      sources_show_command(),
      sources_use_command(),
      sources_verify_command(),
      tools_command(),
      tools_pin_command(),
      vault_init_command(),
      vault_restore_command(),
      vault_rotate_command(),
      vault_slot_add_command(),
      vault_slot_change_command(),
      vault_slot_list_command(),
      vault_slot_rm_command(),
      vault_status_command(),
      vault_verify_command(),
      version_command(),
  });
  return table;
}

const Command* find_command(std::string_view path) {
  const auto found = std::ranges::find(commands(), path, &Command::path);
  return found == commands().end() ? nullptr : &*found;
}

}  // namespace claribi::cli
