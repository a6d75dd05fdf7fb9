using System.Globalization;

namespace Candeia.Load;

/// <summary>The parts of <c>bench/serving</c> that are no shell script.</summary>
static class Program
{
    static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["make", var folder]:
                Served.MakeAll(folder);
                return 0;
            case ["check", var address, var network, var count, var connections]:
                return await Checking.RunAsync(new(address), Served.Named(network), Whole(count), Whole(connections)).ConfigureAwait(false);
            case ["parts", var network, var askers, var seconds]:
                return await InProcess.RunAsync(Served.Named(network), Whole(askers), Whole(seconds)).ConfigureAwait(false);
            default:
                Console.Error.WriteLine("make <folder>: networks and questions; parts <mlp|cnn> <askers> <seconds>: answers a second without HTTP, one by one and in batches; "
                    + "check <address> <mlp|cnn> <requests> <connections>: asks, and looks at every answer.");
                return 2;
        }
    }

    static int Whole(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
