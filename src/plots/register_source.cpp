#include "plots/register_source.hpp"

#include "io/atomic_file.hpp"
#include "plots/boundary_upload.hpp"

namespace plotwatch::plots {
namespace {

RegisterSource read_boundaries(const RegisterRequest& request) {
  const std::string lower = lower_ascii(request.path);
  if (lower.ends_with(".txt")) return boundary_points_source(io::read_file(request.path), request.path, request.crs);
  if (lower.ends_with(".zip")) return boundary_upload_source(io::read_file(request.path), request.path);
  return {io::read_vector(request.path, request.layer), {}};
}

}  // namespace

RegisterSource read_source(const RegisterRequest& request) {
  RegisterSource source = read_boundaries(request);
  if (request.table) join_table(source, request);
  return source;
}

}  // namespace plotwatch::plots
