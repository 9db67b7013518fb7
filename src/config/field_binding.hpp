// Binds a row of the field table to a member of ScanOptions, whatever the member's type.
#pragma once

#include <concepts>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "config/field_table.hpp"

namespace plotwatch::config {

// How a member's type is spoken of as a field value. Integers are checked against the member's range before they
// are narrowed.
template <class T>
struct Binding {
  static constexpr FieldType type = std::same_as<T, bool>      ? FieldType::boolean
                                    : std::integral<T>         ? FieldType::integer
                                    : std::floating_point<T>   ? FieldType::number
                                    : std::same_as<T, Date>    ? FieldType::date
                                    : std::same_as<T, TextMap> ? FieldType::text_map
                                                               : FieldType::text;
  static T from(const FieldValue& value) {
    if constexpr (type == FieldType::integer)
      return static_cast<T>(std::get<std::int64_t>(value));
    else
      return std::get<T>(value);
  }
  static std::optional<FieldValue> to(const T& member) {
    if constexpr (type == FieldType::integer)
      return FieldValue(static_cast<std::int64_t>(member));
    else if constexpr (type == FieldType::text || type == FieldType::text_map)
      return member.empty() ? std::nullopt : std::optional<FieldValue>(member);
    else
      return FieldValue(member);
  }
  static std::string out_of_range(const FieldValue& value) {
    if constexpr (type == FieldType::integer) {
      const std::int64_t number = std::get<std::int64_t>(value);
      if (!std::in_range<T>(number)) return fmt::format("is {}, which is out of range", number);
    }
    return {};
  }
};

template <class T>
struct Binding<std::optional<T>> : Binding<T> {
  static std::optional<FieldValue> to(const std::optional<T>& member) {
    return member ? Binding<T>::to(*member) : std::nullopt;
  }
};

// `find` gives the member of some options.
template <class Find>
FieldEntry bound_entry(std::string path, Find find, std::string unit, std::string meaning,
                       std::function<std::string(const FieldValue&)> check) {
  using Bound = Binding<std::remove_cvref_t<decltype(find(std::declval<ScanOptions&>()))>>;
  FieldEntry entry;
  entry.path = std::move(path);
  entry.type = Bound::type;
  entry.unit = std::move(unit);
  entry.meaning = std::move(meaning);
  entry.set = [=](ScanOptions& options, const FieldValue& value) { find(options) = Bound::from(value); };
  entry.get = [=](const ScanOptions& options) { return Bound::to(find(const_cast<ScanOptions&>(options))); };
  entry.check = [check = std::move(check)](const FieldValue& value) {
    const std::string range = Bound::out_of_range(value);
    return !range.empty() || !check ? range : check(value);
  };
  return entry;
}

template <class Part, class Member>
FieldEntry entry_for(std::string path, Part ScanOptions::*part, Member Part::*member, std::string unit,
                     std::string meaning, std::function<std::string(const FieldValue&)> check = {}) {
  return bound_entry(
      std::move(path), [=](ScanOptions& options) -> Member& { return (options.*part).*member; }, std::move(unit),
      std::move(meaning), std::move(check));
}

inline FieldEntry as_path(FieldEntry entry) {
  entry.type = FieldType::path;
  return entry;
}

}  // namespace plotwatch::config
