using System.Diagnostics;
using Candeia.Data;
using Candeia.Distributed;
using Candeia.NN;
using Candeia.Training;

namespace Candeia.Ranks;

/// <summary>A training in which the last rank is lost after five steps, in one of the ways in which ranks are lost; or that goes on until its network is cut.</summary>
static class Lost
{
    public static int Run(ICommunicator world, string how)
    {
        bool isLost = world.Rank == world.Size - 1;
        var x = Tensor.Randn([64, 3], generator: new Generator(1));
        var data = new TensorDataset(x, x.Sum([1], keepDim: true));
        var learner = new Linear(3, 1).Setup((y, t) => y.MseLoss(t), p => new SGD(p, 0.01)) with { Callbacks = [] };
        double patience = how switch { "hangs" or "leaves" => 6, "trains" => 10, _ => 120 };
        var fitted = learner.With(new DataParallel { Patience = TimeSpan.FromSeconds(patience) }, new Interrupt(), new At(5, () =>
        {
            if (!isLost) return;
            switch (how)
            {
                case "hangs": Thread.Sleep(Timeout.Infinite); break;
                case "leaves": Environment.Exit(0); break;
                case "fails": throw new InvalidOperationException("This rank has failed.");
                case "ends": Environment.Exit(3); break;
                case "dies": Process.GetCurrentProcess().Kill(); break;
                case "stops":
                    using (var kill = Process.Start("kill", ["-s", "TERM", $"{Environment.ProcessId}"])) kill.WaitForExit();
                    Thread.Sleep(200);
                    break;
            }
        }), new At(20, () =>
        {
            if (how == "trains" && world.Rank == 0) Console.WriteLine("The training has come to step 20.");
        })).Fit(data.Loader(8, workers: 0, seed: 1), epochs: how == "trains" ? 1_000_000 : 100);
        Console.WriteLine($"rank {world.Rank}: {fitted.History.StopReason}");
        return 0;
    }

    /// <summary>Kills this rank at a step, unless it has been killed before.</summary>
    internal sealed class Once(string folder, int step, bool isMeant) : Callback
    {
        public override void On(BatchEnd e)
        {
            string mark = Path.Combine(folder, "killed");
            if (!isMeant || e.Phase != Phase.Train || e.Run.Step < step || File.Exists(mark)) return;
            File.WriteAllText(mark, $"{step}");
            Process.GetCurrentProcess().Kill();                              // SIGKILL: nothing can be caught
            Thread.Sleep(Timeout.Infinite);
        }
    }

    sealed class At(int step, Action action) : Callback
    {
        public override void On(BatchEnd e)
        {
            if (e.Run.Step == step) action();
        }
    }
}
