using System.Globalization;
using System.Text.Json;

namespace Candeia.Compare;

/// <summary>The other side of bench/compare, which starts it: one measurement in a process of its own, printed as a line of JSON.</summary>
static class Program
{
    static int Main(string[] args)
    {
        switch (args)
        {
            case ["prepare"]:
                Glibcxx.Prepare(AppContext.BaseDirectory);
                return 0;
            case ["libtorch", "first", var network, var folder]:
                Console.WriteLine(LibTorch.First(network, folder));
                return 0;
            case ["libtorch", "train", var network, var folder, "--seconds", var seconds, .. var rest]:
                Console.WriteLine(JsonSerializer.Serialize(LibTorch.Measure(network, folder, Seconds(seconds), rest.Contains("--channels-last"))));
                return 0;
            case ["libtorch", "course", var network, var folder]:
                Console.WriteLine(JsonSerializer.Serialize(LibTorch.Learn(network, folder)));
                return 0;
            case ["libtorch", "ops"]:
                LibTorch.Prepare();
                return OpServer.Run(TorchOps.All, (shape, columns) => new TorchOperands(shape, columns), TorchOps.Run);
            case ["onnxruntime", "train", var network, var folder, "--seconds", var seconds]:
                Console.WriteLine(JsonSerializer.Serialize(OnnxRuntime.Measure(folder, Seconds(seconds))));
                return 0;
            case ["onnxruntime", "first", var network, var folder]:
                Console.WriteLine(OnnxRuntime.First(folder));
                return 0;
            default:
                Console.Error.WriteLine("bench/compare starts this.");
                return 2;
        }
    }

    static double Seconds(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
