using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Candeia.Compare;

/// <summary>The tensors of a network by their names, and the layers that compute with them.</summary>
sealed class Weights(Dictionary<string, Tensor> tensors)
{
    public Tensor this[string name] => tensors[name];

    /// <summary>Whether batch normalization takes the batch's moments.</summary>
    public bool Training { get; set; }

    public IReadOnlyList<Parameter> Parameters => [.. tensors.Values.OfType<Parameter>()];

    /// <summary>All are trained but the moments that normalizations keep, and how often.</summary>
    public static Weights Load(string path, bool channelsLast) => new(Read(path).ToDictionary(e => e.Key, e =>
    {
        var x = channelsLast && e.Value.dim() == 4 ? ChannelsLast(e.Value) : e.Value;
        return x.is_floating_point() && !e.Key.Contains("running_", StringComparison.Ordinal) ? new Parameter(x) : x;
    }));

    /// <summary>A tensor whose channels lie together in memory.</summary>
    public static Tensor ChannelsLast(Tensor x) => x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

    /// <summary>The tensors of a file that our side wrote.</summary>
    public static Dictionary<string, Tensor> Read(string path) =>
        Saved.Load(path).ToDictionary(e => e.Key, e => e.Value.IsWhole ? tensor(e.Value.Longs, e.Value.Shape) : tensor(e.Value.Floats, e.Value.Shape));

    public Tensor Conv(Tensor x, string name, int stride = 1, int padding = 0, int groups = 1) =>
        F.conv2d(x, this[$"{name}.weight"], tensors.GetValueOrDefault($"{name}.bias"), [stride, stride], [padding, padding], groups: groups);

    public Tensor Deconv(Tensor x, string name, int stride = 1, int padding = 0) =>
        F.conv_transpose2d(x, this[$"{name}.weight"], tensors.GetValueOrDefault($"{name}.bias"), [stride, stride], [padding, padding]);

    public Tensor Linear(Tensor x, string name) => F.linear(x, this[$"{name}.weight"], tensors.GetValueOrDefault($"{name}.bias"));

    public Tensor Norm(Tensor x, string name) =>
        F.batch_norm(x, this[$"{name}.running_mean"], this[$"{name}.running_var"], this[$"{name}.weight"], this[$"{name}.bias"], Training);

    public Tensor LayerNorm(Tensor x, string name) => F.layer_norm(x, this[$"{name}.weight"].shape, this[$"{name}.weight"], this[$"{name}.bias"]);

    /// <summary>A layer of PyTorch's TransformerEncoderLayer, with the fused attention.</summary>
    /// <param name="remember">Adds keys and values to those before.</param>
    public Tensor Encoder(Tensor x, string name, int heads, bool normFirst = false, bool causal = false, Func<Tensor, Tensor, (Tensor, Tensor)>? remember = null)
    {
        Tensor Attend(Tensor t)
        {
            long n = t.shape[0], length = t.shape[1], width = t.shape[2];
            var parts = F.linear(t, this[$"{name}.self_attn.in_proj_weight"], this[$"{name}.self_attn.in_proj_bias"]).view(n, length, 3, heads, width / heads).permute(2, 0, 3, 1, 4).unbind(0);
            var (keys, values) = remember is null ? (parts[1], parts[2]) : remember(parts[1], parts[2]);
            return Linear(F.scaled_dot_product_attention(parts[0], keys, values, is_casual: causal).transpose(1, 2).reshape(n, length, width), $"{name}.self_attn.out_proj");
        }
        Tensor Feed(Tensor t) => Linear(normFirst ? F.gelu(Linear(t, $"{name}.linear1")) : Linear(t, $"{name}.linear1").relu(), $"{name}.linear2");
        if (!normFirst)
        {
            x = LayerNorm(x + Attend(x), $"{name}.norm1");
            return LayerNorm(x + Feed(x), $"{name}.norm2");
        }
        x += Attend(LayerNorm(x, $"{name}.norm1"));
        return x + Feed(LayerNorm(x, $"{name}.norm2"));
    }

    /// <summary>A module of libtorch's with the weights of this name, which it holds from then on.</summary>
    public T Module<T>(T module, string name)
        where T : nn.Module
    {
        using var frozen = no_grad();
        foreach (var (key, parameter) in module.named_parameters())
        {
            parameter.copy_(this[$"{name}.{key}"]);
            tensors[$"{name}.{key}"] = parameter;
        }
        return module;
    }
}
