// Decides the requests on standard input, one a line, on two threads that share one matcher.
//
//   c++ -std=c++17 decide.cpp $(pkg-config --cflags --libs interdict) -pthread -o decide
//   ./decide rules.matcher < items.jsonl
#include <interdict.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

struct Free {
  void operator()(InterdictMatcher *matcher) const { interdict_matcher_free(matcher); }
  void operator()(InterdictScratch *scratch) const { interdict_scratch_free(scratch); }
  void operator()(InterdictText *text) const { interdict_text_free(text); }
};

using Text = std::unique_ptr<InterdictText, Free>;

std::string string(const Text &text) {
  const char *data = interdict_text_data(text.get());
  return data ? std::string(data, interdict_text_len(text.get())) : std::string();
}

void check(InterdictStatus status, const Text &reason) {
  if (status != INTERDICT_STATUS_OK) {
    throw std::runtime_error(std::string(interdict_status_name(status)) + ": " + string(reason));
  }
}

class Matcher {
public:
  explicit Matcher(const std::string &bytes) {
    InterdictMatcher *matcher = nullptr;
    InterdictText *reason = nullptr;
    auto data = reinterpret_cast<const uint8_t *>(bytes.data());
    InterdictStatus status = interdict_from_bytes(data, bytes.size(), nullptr, &matcher, &reason);
    check(status, Text(reason));
    matcher_.reset(matcher);
  }

  // A line for each line.
  std::string decide(const std::string &lines) const {
    InterdictScratch *warm = nullptr;
    check(interdict_scratch_new(&warm), nullptr);
    std::unique_ptr<InterdictScratch, Free> scratch(warm);
    InterdictText *out = nullptr;
    auto data = reinterpret_cast<const uint8_t *>(lines.data());
    InterdictStatus status = interdict_decide_batch(matcher_.get(), scratch.get(), data,
                                                    lines.size(), nullptr, nullptr, &out);
    Text answers(out);
    check(status, answers);
    return string(answers);
  }

private:
  std::unique_ptr<InterdictMatcher, Free> matcher_;
};

std::string all(std::istream &stream) {
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

} // namespace

int main(int count, char **arguments) try {
  if (count != 2) {
    std::cerr << "usage: " << arguments[0] << " MATCHER\n";
    return 2;
  }
  std::ifstream file(arguments[1], std::ios::binary);
  const Matcher matcher(all(file));
  const std::string lines = all(std::cin);
  std::size_t half = lines.find('\n', lines.size() / 2);
  half = half == std::string::npos ? lines.size() : half + 1;
  std::vector<std::string> parts{lines.substr(0, half), lines.substr(half)};

  std::vector<std::thread> threads;
  for (std::string &part : parts) {
    threads.emplace_back([&matcher, &part] { part = matcher.decide(part); });
  }
  for (std::thread &thread : threads) {
    thread.join();
  }
  std::cout << parts[0] << parts[1];
} catch (const std::exception &error) {
  std::cerr << error.what() << '\n';
  return 2;
}
