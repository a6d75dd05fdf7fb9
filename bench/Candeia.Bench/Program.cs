using Candeia;
using Candeia.Bench;

string what = args is [var first, ..] && !first.StartsWith('-') ? first : "all";
if (args.FirstOrDefault(a => a.StartsWith("--threads=", StringComparison.Ordinal)) is { } t) Threads.Count = int.Parse(t[10..], null);
Console.WriteLine($"{Threads.Count} threads, {Candeia.Kernels.Simd.Bits}-bit registers");
if (what is "all" or "fork") Fork.Report();
