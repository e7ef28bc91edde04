#pragma once

#include <string>

struct Answer {
  int status;
  std::string body;
  int delay_ms;
};

// The answer to a request for a path: / greets, /work?ms=300 takes its time.
Answer answer(const std::string& path);
