using TorchSharp;
using static TorchSharp.torch;

namespace Candeia.Compare;

/// <summary>libtorch's side of a comparison, by TorchSharp.</summary>
static class LibTorch
{
    /// <summary>As many threads as ours.</summary>
    public static void Prepare() => set_num_threads(Environment.ProcessorCount);

    public static Measure Measure(string name, string folder, double seconds, bool channelsLast)
    {
        Prepare();
        using var all = NewDisposeScope();
        var network = Network.All[name];
        var weights = Weights.Load(Path.Combine(folder, "weights.safetensors"), channelsLast);
        var forward = network.Make(weights);
        var batch = Weights.Read(Path.Combine(folder, "batch.safetensors"));
        Tensor Placed(Tensor t) => channelsLast && t.dim() == 4 ? Weights.ChannelsLast(t) : t;
        Tensor x = Placed(batch["x"]), some = Placed(batch["some"]), y = batch["y"];

        double output;
        using (NewDisposeScope())
        using (no_grad()) output = forward(some).abs().mean().item<float>();
        var predict = Timing.Median(() =>
        {
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            forward(some);
        }, seconds / 2);

        weights.Training = true;
        optim.Optimizer optimizer = network.Momentum ? optim.SGD(weights.Parameters, 0.01, momentum: 0.9) : optim.Adam(weights.Parameters);
        double Step()
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var loss = network.Loss(forward(x), y);
            loss.backward();
            optimizer.step();
            return loss.item<float>();
        }
        double first = Step();
        var train = Timing.Median(() => Step(), seconds);
        return new(output, predict.Ms, Experiments.Machine.PeakMemory() / 1048576.0, weights.Parameters.Sum(p => p.numel()), first, train.Ms);
    }

    /// <summary>Learns from the batches of a text, each once.</summary>
    public static Course Learn(string name, string folder)
    {
        Prepare();
        using var all = NewDisposeScope();
        var network = Network.All[name];
        var weights = Weights.Load(Path.Combine(folder, "weights.safetensors"), channelsLast: false);
        var forward = network.Make(weights);
        var text = Weights.Read(Path.Combine(folder, "text.safetensors"));
        weights.Training = true;
        var optimizer = optim.Adam(weights.Parameters);
        return Course.Of((int)text["x"].shape[0], i =>
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var loss = network.Loss(forward(text["x"][i]), text["y"][i]);
            loss.backward();
            optimizer.step();
            return loss.item<float>();
        }, () =>
        {
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            return Enumerable.Range(0, (int)text["heldX"].shape[0]).Average(i => network.Loss(forward(text["heldX"][i]), text["heldY"][i]).item<float>());
        });
    }

    /// <summary>One prediction of the saved model.</summary>
    public static float First(string name, string folder)
    {
        Prepare();
        var forward = Network.All[name].Make(Weights.Load(Path.Combine(folder, "weights.safetensors"), channelsLast: false));
        using var frozen = no_grad();
        return forward(Weights.Read(Path.Combine(folder, "batch.safetensors"))["one"]).flatten()[0].item<float>();
    }
}
