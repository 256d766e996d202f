// SPDX-License-Identifier: MIT
// The row of each command, one function per file of this folder. The table in
// cli/commands.cpp lists them.
#pragma once

#include "cli/command.hpp"

namespace claribi::cli {

Command alias_command();
Command ask_command();
Command call_command();
Command catalog_command();
Command complete_command();
Command completion_command();
Command connect_command();
Command demo_info_command();
Command demo_load_command();
Command demo_reset_command();
Command demo_serve_command();
Command disconnect_command();
Command doctor_command();
Command generate_command();
Command help_command_row();
Command run_command_row();
Command sources_command();
Command sources_list_command();
Command sources_remove_command();
Command sources_rename_command();
Command sources_show_command();
Command sources_use_command();
Command sources_verify_command();
Command tools_command();
Command tools_pin_command();
Command vault_init_command();
Command vault_restore_command();
Command vault_rotate_command();
Command vault_slot_add_command();
Command vault_slot_change_command();
Command vault_slot_list_command();
Command vault_slot_rm_command();
Command vault_status_command();
Command vault_verify_command();
Command version_command();

}  // namespace claribi::cli
