using System.Diagnostics;
using System.Globalization;
using Candeia.Onnx;

namespace Candeia.Imported;

/// <summary>What it takes to read a file: the first time, when the program itself is still being compiled, and later.</summary>
static class Loading
{
    public static void Tell(Case one)
    {
        string path = one.Find() ?? throw new ArgumentException($"{one.Name} {one.Missing}.");
        for (int i = 0; i < 5; i++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true), start = Stopwatch.GetTimestamp();
            var model = OnnxModel.Load(path);
            double ms = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            long bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(i == 0 ? "first" : "again")}: {ms:F1} ms, {bytes / 1024.0 / 1024:F2} MB of managed memory, {model.Parameters().Sum(p => p.Numel)} weights"));
        }
    }
}
