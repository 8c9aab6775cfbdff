"""The benchmarks: ratios against bare baselines, interleaved, medians (`make bench`)."""
