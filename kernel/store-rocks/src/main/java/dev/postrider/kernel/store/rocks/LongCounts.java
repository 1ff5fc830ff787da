package dev.postrider.kernel.store.rocks;

/** How often each number was seen, in little space: for as many numbers as a store has contents. */
final class LongCounts {
  private long[] numbers = new long[1 << 10];
  private int[] counts = new int[1 << 10];
  private int size;

  /** Counts a number above 0 once more. */
  void add(long number) {
    if (number <= 0) {
      throw new IllegalArgumentException("not above 0: " + number);
    }
    if (size * 2 > numbers.length) {
      grow();
    }
    int at = slot(number);
    if (counts[at] == 0) {
      numbers[at] = number;
      size++;
    }
    counts[at]++;
  }

  int count(long number) {
    return counts[slot(number)];
  }

  private int slot(long number) {
    int mask = numbers.length - 1;
    int at = Long.hashCode(number * 0x9e3779b97f4a7c15L) & mask;
    while (counts[at] != 0 && numbers[at] != number) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    long[] oldNumbers = numbers;
    int[] oldCounts = counts;
    numbers = new long[oldNumbers.length * 2];
    counts = new int[oldNumbers.length * 2];
    for (int i = 0; i < oldNumbers.length; i++) {
      if (oldCounts[i] != 0) {
        int at = slot(oldNumbers[i]);
        numbers[at] = oldNumbers[i];
        counts[at] = oldCounts[i];
      }
    }
  }
}
