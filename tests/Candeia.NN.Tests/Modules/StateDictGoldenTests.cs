using Candeia.NN;

namespace Candeia.Tests;

/// <summary>Names, order, types and shapes of state dicts, as PyTorch lists them.</summary>
public class StateDictGoldenTests
{
    static readonly Dictionary<string, Func<Layer>> s_layers = new()
    {
        ["Linear(in_features=3, out_features=2, bias=True)"] = () => new Linear(3, 2),
        ["Linear(in_features=3, out_features=2, bias=False)"] = () => new Linear(3, 2, bias: false),
        ["Conv1d(2, 4"] = () => new Conv1d(2, 4, 3),
        ["Conv2d(2, 4"] = () => new Conv2d(2, 4, 3, groups: 2),
        ["ConvTranspose2d(2, 4"] = () => new ConvTranspose2d(2, 4, 3),
        ["BatchNorm1d(3"] = () => new BatchNorm1d(3),
        ["BatchNorm2d(3, eps=1e-05, momentum=0.1, affine=False"] = () => new BatchNorm2d(3, affine: false),
        ["BatchNorm2d(3, eps=1e-05, momentum=0.1, affine=True, track_running_stats=False"] = () => new BatchNorm2d(3, trackRunningStats: false),
        ["LayerNorm((3, 4)"] = () => new LayerNorm([3, 4]),
        ["GroupNorm(2, 4"] = () => new GroupNorm(2, 4),
        ["InstanceNorm2d(3, eps=1e-05, momentum=0.1, affine=False"] = () => new InstanceNorm2d(3),
        ["InstanceNorm2d(3, eps=1e-05, momentum=0.1, affine=True"] = () => new InstanceNorm2d(3, affine: true),
        ["Embedding(5, 3"] = () => new Embedding(5, 3),
        ["PReLU(num_parameters=1"] = () => new PReLU(),
        ["PReLU(num_parameters=4"] = () => new PReLU(4),
        ["Dropout("] = () => new Dropout(),
        ["RNN(3, 4"] = () => new RNN(3, 4),
        ["LSTM(3, 4, num_layers=2, bidirectional=True)"] = () => new LSTM(3, 4, numLayers: 2, bidirectional: true),
        ["GRU(3, 4"] = () => new GRU(3, 4),
        ["MultiheadAttention("] = () => new MultiheadAttention(8, 2),
        ["TransformerEncoderLayer("] = () => new TransformerEncoderLayer(8, 2, 16),
        ["Sequential("] = () => new Sequential(new Conv2d(1, 2, 3), new ReLU(), new BatchNorm2d(2), new Flatten(), new Linear(8, 2)),
    };

    public static IEnumerable<object[]> Cases => s_layers.Keys.Select(k => new object[] { k });

    [Theory, MemberData(nameof(Cases))]
    public void Keys_are_those_of_PyTorch(string start)
    {
        var golden = Assert.Single(Golden.Json("state_dicts").EnumerateArray(), m => m.GetProperty("module").GetString()!.StartsWith(start, StringComparison.Ordinal));
        var layer = s_layers[start]();
        Assert.Equal(golden.GetProperty("state").EnumerateArray().Select(s => $"{s[0]} {s[1]} [{string.Join(", ", s[2].EnumerateArray())}]"), layer.StateDict().Select(s => $"{s.Key} {Name(s.Value.DType)} {s.Value.Shape}"));
        Assert.Equal(golden.GetProperty("parameters").EnumerateArray().Select(p => p.GetString()), layer.NamedParameters().Select(p => p.Name));
    }

    static string Name(DType dtype) => dtype switch { DType.Float32 => "float32", DType.Int64 => "int64", _ => $"{dtype}" };
}
