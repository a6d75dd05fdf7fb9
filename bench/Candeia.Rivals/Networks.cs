using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Candeia.Compare;

/// <summary>What libtorch computes: the networks of Candeia.Compare under the same names, with its weights.</summary>
/// <param name="Make">Makes of the weights what computes.</param>
/// <param name="Loss">Of output and target.</param>
/// <param name="Momentum">SGD with it; Adam otherwise.</param>
sealed record Network(Func<Weights, Func<Tensor, Tensor>> Make, Func<Tensor, Tensor, Tensor> Loss, bool Momentum = false)
{
    public static IReadOnlyDictionary<string, Network> All { get; } = new Dictionary<string, Network>
    {
        ["correlation"] = new(w => x => Correlation(w, x, (y, _) => y), Mse),
        ["normalized"] = new(w => x => Correlation(w, x, (y, i) => w.Norm(y, $"bn{i}")), Mse),
        ["wide-mlp"] = new(w => x => w.Linear(w.Linear(w.Linear(x, "fc1").relu(), "fc2").relu(), "fc3"), Mse),
        ["small-mlp"] = new(w => x => w.Linear(w.Linear(x, "fc1").relu(), "fc2"), Classes),
        ["autoencoder"] = new(w => x => Chain(x, 6, (y, i) => w.Linear(y, $"{2 * i}") is var z && i < 5 ? z.relu() : z.sigmoid()), Mse),
        ["resnet"] = new(w => x => w.Linear(Stages(w, w.Norm(w.Conv(x, "conv1", padding: 1), "bn1").relu(), [2, 2, 2, 2], Basic), "fc"), Classes, Momentum: true),
        ["resnet50"] = new(w => x => w.Linear(Stages(w, F.max_pool2d(w.Norm(w.Conv(x, "conv1", 2, 3), "bn1").relu(), 3, 2, 1), [3, 4, 6, 3], Bottleneck), "fc"), Classes, Momentum: true),
        ["mobilenet"] = new(w => x => MobileNet(w, x), Classes, Momentum: true),
        ["convnext"] = new(w => x => ConvNext(w, x), Classes),
        ["vit"] = new(w => x => Vit(w, x), Classes),
        ["unet"] = new(w => x => UNet(w, x), (y, t) => F.binary_cross_entropy_with_logits(y, t)),
        ["dcgan"] = new(w => x => Chain(x, 5, (y, i) => w.Deconv(y, $"{3 * i}", i == 0 ? 1 : 2, i == 0 ? 0 : 1) is var z && i < 4 ? w.Norm(z, $"{3 * i + 1}").relu() : z.tanh()), Mse),
        ["vae"] = new(w => x => w.Deconv(w.Deconv(w.Linear(x, "fc").relu().view(-1, 64, 7, 7), "up1", 2, 1).relu(), "up2", 2, 1).sigmoid(), Mse),
        ["transformer"] = new(w => Words(w, 1000, 128, x => w.Linear(Chain(x, 2, (y, i) => w.Encoder(y, $"layers.{i}", 4)).mean([1L]), "head")), Classes),
        ["gpt"] = new(w => Words(w, 65, 192, x => Gpt(w, x)), (y, t) => F.cross_entropy(y.flatten(0, 1), t.flatten())),
        ["generation"] = new(w => Words(w, 65, 192, x => Gpt(w, x)) is var whole ? x => w.Training ? whole(x) : Write(w, x) : null!, (y, t) => F.cross_entropy(y.flatten(0, 1), t.flatten())),
        ["attention"] = new(w => x => F.scaled_dot_product_attention(w["q"] + x, w["k"], w["v"], is_casual: true), Mse, Momentum: true),
        ["lstm"] = new(w => w.Module(nn.LSTM(128, 256, 2, batchFirst: true), "rnn") is var rnn ? x => w.Linear(rnn.call(x).Item1.select(1, -1), "head") : null!, Classes),
        ["gru"] = new(w => w.Module(nn.GRU(128, 256, 2, batchFirst: true), "rnn") is var rnn ? x => w.Linear(rnn.call(x).Item1.select(1, -1), "head") : null!, Classes),
    };

    static Tensor Mse(Tensor y, Tensor t) => F.mse_loss(y, t);

    static Tensor Classes(Tensor y, Tensor t) => F.cross_entropy(y, t);

    static Tensor Chain(Tensor x, int count, Func<Tensor, int, Tensor> layer) => Enumerable.Range(0, count).Aggregate(x, layer);

    static Tensor Correlation(Weights w, Tensor x, Func<Tensor, int, Tensor> norm)
    {
        x = Chain(x, 3, (y, i) => F.avg_pool2d(norm(w.Conv(y, $"conv{i + 1}").relu(), i + 1), 2));
        return w.Linear(norm(w.Linear(x.flatten(1), "fc1").relu(), 4), "fc2");
    }

    static Tensor Stages(Weights w, Tensor x, int[] blocks, Func<Weights, Tensor, string, int, Tensor> block)
    {
        for (int stage = 1; stage <= 4; stage++)
            for (int i = 0; i < blocks[stage - 1]; i++) x = block(w, x, $"layer{stage}.{i}", stage > 1 && i == 0 ? 2 : 1);
        return x.mean([2L, 3]);
    }

    static Tensor Basic(Weights w, Tensor x, string name, int stride)
    {
        var y = w.Norm(w.Conv(x, $"{name}.conv1", stride, 1), $"{name}.bn1").relu();
        y = w.Norm(w.Conv(y, $"{name}.conv2", 1, 1), $"{name}.bn2");
        return (y + (stride > 1 ? w.Norm(w.Conv(x, $"{name}.downsample.0", stride), $"{name}.downsample.1") : x)).relu();
    }

    static Tensor Bottleneck(Weights w, Tensor x, string name, int stride)
    {
        var y = w.Norm(w.Conv(x, $"{name}.conv1"), $"{name}.bn1").relu();
        y = w.Norm(w.Conv(y, $"{name}.conv2", stride, 1), $"{name}.bn2").relu();
        y = w.Norm(w.Conv(y, $"{name}.conv3"), $"{name}.bn3");
        return (y + (name.EndsWith(".0", StringComparison.Ordinal) ? w.Norm(w.Conv(x, $"{name}.downsample.0", stride), $"{name}.downsample.1") : x)).relu();
    }

    static Tensor MobileNet(Weights w, Tensor x)
    {
        Tensor Layer(Tensor y, string name, int stride = 1, int padding = 0, bool depthwise = false) =>
            F.relu6(w.Norm(w.Conv(y, $"{name}.0", stride, padding, depthwise ? (int)y.shape[1] : 1), $"{name}.1"));
        x = Layer(x, "features.0", 2, 1);
        int at = 1;
        foreach (var (expansion, repeats, stride) in ((int, int, int)[])[(1, 1, 1), (6, 2, 2), (6, 3, 2), (6, 4, 2), (6, 3, 1), (6, 3, 2), (6, 1, 1)])
            for (int i = 0; i < repeats; i++, at++)
            {
                string name = $"features.{at}.conv";
                int deep = expansion > 1 ? 1 : 0;
                var y = Layer(deep == 1 ? Layer(x, $"{name}.0") : x, $"{name}.{deep}", i == 0 ? stride : 1, 1, depthwise: true);
                y = w.Norm(w.Conv(y, $"{name}.{deep + 1}"), $"{name}.{deep + 2}");
                x = i > 0 ? x + y : y;
            }
        return w.Linear(Layer(x, $"features.{at}").mean([2L, 3]), "classifier");
    }

    static Tensor ConvNext(Weights w, Tensor x)
    {
        Tensor Norm(Tensor y, string name) => w.LayerNorm(y.permute(0, 2, 3, 1), name).permute(0, 3, 1, 2);
        foreach (var (stage, blocks) in ((int, int)[])[(0, 3), (1, 3), (2, 9), (3, 3)])
        {
            x = stage == 0 ? Norm(w.Conv(x, "stem", 4), "norm") : w.Conv(Norm(x, $"downs.{stage - 1}.norm"), $"downs.{stage - 1}.conv", 2);
            for (int i = 0; i < blocks; i++)
            {
                string name = $"stages.{stage}.{i}";
                var y = w.LayerNorm(w.Conv(x, $"{name}.conv", 1, 3, (int)x.shape[1]).permute(0, 2, 3, 1), $"{name}.norm");
                x += (w.Linear(F.gelu(w.Linear(y, $"{name}.fc1")), $"{name}.fc2") * w[$"{name}.scale"]).permute(0, 3, 1, 2);
            }
        }
        return w.Linear(w.LayerNorm(x.mean([2L, 3]), "last"), "head");
    }

    static Tensor Vit(Weights w, Tensor x)
    {
        x = w.Conv(x, "patches", 16).flatten(2).transpose(1, 2);
        x = cat([w["token"].expand(x.shape[0], -1, -1), x], 1) + w["position"];
        return w.Linear(w.LayerNorm(Chain(x, 12, (y, i) => w.Encoder(y, $"encoder.layers.{i}", 6, normFirst: true)), "encoder.norm").select(1, 0), "head");
    }

    static Tensor UNet(Weights w, Tensor x)
    {
        Tensor Twice(Tensor y, string name) => w.Norm(w.Conv(w.Norm(w.Conv(y, $"{name}.0", 1, 1), $"{name}.1").relu(), $"{name}.3", 1, 1), $"{name}.4").relu();
        Tensor one = Twice(x, "down1"), two = Twice(F.max_pool2d(one, 2), "down2"), three = Twice(F.max_pool2d(two, 2), "down3");
        x = Twice(F.max_pool2d(three, 2), "bottom");
        x = Twice(cat([three, w.Deconv(x, "up3", 2)], 1), "join3");
        x = Twice(cat([two, w.Deconv(x, "up2", 2)], 1), "join2");
        return w.Conv(Twice(cat([one, w.Deconv(x, "up1", 2)], 1), "join1"), "head");
    }

    static Func<Tensor, Tensor> Words(Weights w, long words, long width, Func<Tensor, Tensor> rest)
    {
        var embed = w.Module(nn.Embedding(words, width), "embed");
        return x => rest(embed.call(x) + w["position"]);
    }

    static Tensor Gpt(Weights w, Tensor x) =>
        w.Linear(w.LayerNorm(Chain(x, 6, (y, i) => w.Encoder(y, $"encoder.layers.{i}", 6, normFirst: true, causal: true)), "encoder.norm"), "head");

    // Letter by letter, with the keys and values of those before in memory that is taken once.
    static Tensor Write(Weights w, Tensor x)
    {
        int length = (int)x.shape[1];
        Tensor[] keys = Room(), values = Room(), scores = new Tensor[length];
        for (int i = 0; i < length; i++)
        {
            using var scope = NewDisposeScope();
            var y = w["embed.weight"].index_select(0, x.select(1, i)).unsqueeze(1) + w["position"].narrow(0, i, 1);
            for (int layer = 0; layer < 6; layer++) y = w.Encoder(y, $"encoder.layers.{layer}", 6, normFirst: true, remember: (k, v) => (Put(keys[layer], k), Put(values[layer], v)));
            scores[i] = w.Linear(w.LayerNorm(y, "encoder.norm"), "head").MoveToOuterDisposeScope();

            Tensor Put(Tensor all, Tensor next)
            {
                all.narrow(2, i, 1).copy_(next);
                return all.narrow(2, 0, i + 1);
            }
        }
        return cat(scores, 1);

        Tensor[] Room() => [.. Enumerable.Range(0, 6).Select(_ => empty(1, 6, length, 32))];
    }
}
