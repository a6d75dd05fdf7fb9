using System.IO.Compression;
using Xunit.Sdk;

namespace Candeia.Onnx.Tests;

/// <summary>A zip of ONNX's own tests: models, inputs, and what must come out.</summary>
sealed class Suite : IDisposable
{
    readonly ZipArchive _zip;
    readonly Dictionary<string, ZipArchiveEntry> _entries;

    public Suite(string file)
    {
        _zip = ZipFile.OpenRead(SharedFolder.Require($"suites/onnx/{file}"));
        _entries = _zip.Entries.ToDictionary(e => e.FullName);
    }

    public IEnumerable<string> Tests => _entries.Keys.Where(k => k.EndsWith("/model.onnx", StringComparison.Ordinal)).Select(k => k[..^"/model.onnx".Length]).Order(StringComparer.Ordinal);

    /// <summary>What goes wrong with a test; null where all is right.</summary>
    public string? Run(string test)
    {
        try
        {
            var model = OnnxModel.Load(new MemoryStream(Read($"{test}/model.onnx")), test);
            bool random = test.Contains("bernoulli", StringComparison.Ordinal) || test.Contains("train", StringComparison.Ordinal) && test.Contains("dropout", StringComparison.Ordinal);
            for (int set = 0; _entries.ContainsKey($"{test}/test_data_set_{set}/output_0.pb"); set++)
            {
                string folder = $"{test}/test_data_set_{set}";
                var outputs = model.Run([.. Tensors(folder, "input")]);
                foreach (var (expected, i) in Tensors(folder, "output").Select((t, i) => (t, i))) Check(outputs[i], expected, random, i);
            }
            return null;
        }
        catch (Exception e) when (e is OnnxException or XunitException or InvalidDataException or ArgumentException or InvalidOperationException or NotSupportedException or IndexOutOfRangeException or NullReferenceException)
        {
            return e.Message;
        }
    }

    public static void Check(Tensor actual, Tensor expected, bool random, int output, double relative = 1e-3, double absolute = 1e-7)
    {
        Assert.True(actual.Shape == expected.Shape && actual.DType == expected.DType, $"output {output} is {actual.DType} {actual.Shape}, not {expected.DType} {expected.Shape}");
        if (random) return;
        double[] a = actual.Detach().ToArray<double>(), e = expected.ToArray<double>();
        for (int i = 0; i < a.Length; i++)
        {
            double allowed = expected.DType.IsFloatingPoint() ? absolute + relative * Math.Abs(e[i]) : 0;
            bool equal = a[i] == e[i] || double.IsNaN(a[i]) && double.IsNaN(e[i]) || Math.Abs(a[i] - e[i]) <= allowed;
            Assert.True(equal, $"output {output} at {i}: {a[i]} instead of {e[i]}");
        }
    }

    IEnumerable<Tensor> Tensors(string folder, string kind)
    {
        using TensorData data = new(null);
        for (int i = 0; _entries.ContainsKey($"{folder}/{kind}_{i}.pb"); i++) yield return data.Read(MessageReader.Tensor(Read($"{folder}/{kind}_{i}.pb")));
    }

    byte[] Read(string name)
    {
        using var stream = _entries[name].Open();
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    public void Dispose() => _zip.Dispose();
}
