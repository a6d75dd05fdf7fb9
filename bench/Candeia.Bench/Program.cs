using BenchmarkDotNet.Running;
using Candeia;
using Candeia.Bench;

string[] words = [.. args.Where(a => !a.StartsWith('-'))];
string what = words.FirstOrDefault() ?? "all";
if (args.FirstOrDefault(a => a.StartsWith("--threads=", StringComparison.Ordinal)) is { } t) Threads.Count = int.Parse(t[10..], null);
Console.WriteLine($"{Threads.Count} threads, {Candeia.Kernels.Simd.Bits}-bit registers");
if (what is "all" or "fork") Fork.Report();
KernelBench.Only = words.ElementAtOrDefault(1);
if (what is "all" or "gemm") BenchmarkRunner.Run<ProductBench>();
if (what is "all" or "conv") BenchmarkRunner.Run<ConvolutionBench>();
if (what is "all" or "passes") Passes.Report();
if (what is "all" or "overhead") Overhead.Report();
if (what is "all" or "chains") Chains.Report(words.ElementAtOrDefault(1));
