// Looking at files and folders, those inside archives and buckets (/vsi…) included.
#pragma once

#include <string>
#include <vector>

namespace plotwatch::io {

bool is_file(const std::string& path);
bool is_folder(const std::string& path);
std::vector<std::string> list_folder(const std::string& path);  // names, sorted; empty when it cannot be listed
std::string read_text(const std::string& path);                 // throws Error(input); at most 64 MiB

std::string join_path(const std::string& folder, const std::string& name);
std::string folder_of(const std::string& path);     // "." for a bare name
std::string file_name_of(const std::string& path);  // after the last slash
std::string stem_of(const std::string& path);       // the file name without its extension

}  // namespace plotwatch::io
