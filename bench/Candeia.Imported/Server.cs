using System.Diagnostics;
using System.Globalization;
using Candeia.Onnx;

namespace Candeia.Imported;

/// <summary>One side in a process of its own: for each line it is sent it computes for a while, and answers with the median and the managed bytes of a run.</summary>
static class Server
{
    public static void Run(string side, Case one, int threads)
    {
        Threads.Count = threads;
        using var noGrad = Autograd.NoGrad();
        using var engine = side == "own" ? null : new Peer(one.Find()!, one.Make(), threads);
        var model = side == "own" ? OnnxModel.Load(one.Find()!) : null;
        Tensor[] inputs = one.Make();
        void Once()
        {
            if (engine is not null) engine.Run();
            else
            {
                using var scope = Scope.Begin();
                foreach (var y in model!.Run(inputs)) y.Settle();
            }
        }
        while (Console.ReadLine() is { } line)
        {
            double seconds = double.Parse(line, CultureInfo.InvariantCulture);
            List<double> times = [];
            Once();
            long before = GC.GetTotalAllocatedBytes(precise: true), start = Stopwatch.GetTimestamp();
            do
            {
                long begin = Stopwatch.GetTimestamp();
                Once();
                times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            }
            while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds || times.Count < 3);
            long bytes = (GC.GetTotalAllocatedBytes(precise: true) - before) / times.Count;
            times.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times[times.Count / 2]} {bytes}"));
        }
    }
}

/// <summary>The other end.</summary>
sealed class Client : IDisposable
{
    readonly Process _process;

    public Client(string side, Case one, int threads)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(Client).Assembly.Location);
        foreach (string arg in (string[])["serve", side, one.Name, $"{threads}"]) start.ArgumentList.Add(arg);
        _process = Process.Start(start)!;
        Ask(3);                                                                     // until everything is compiled as it will be
    }

    public double Median(out long bytes)
    {
        string[] answer = Ask(1).Split(' ');
        bytes = long.Parse(answer[1], CultureInfo.InvariantCulture);
        return double.Parse(answer[0], CultureInfo.InvariantCulture);
    }

    string Ask(double seconds)
    {
        _process.StandardInput.WriteLine(seconds.ToString(CultureInfo.InvariantCulture));
        return _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the other process has ended");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
