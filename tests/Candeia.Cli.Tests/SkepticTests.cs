using Candeia.Experiments;
using Candeia.Images;
using Candeia.NN;

namespace Candeia.Cli.Tests;

/// <summary>What somebody types who does not believe that it works: for every command files that are missing, empty, damaged, of another kind, or folders, and places that nothing can be written to.</summary>
[Collection(nameof(Here))]
public sealed class SkepticTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public SkepticTests()
    {
        foreach (string name in (string[])["empty", "folder", "wrong"]) Directory.CreateDirectory(_folder[name]);
        foreach (string name in (string[])["empty.csv", "empty.txt", "empty.png", "empty.safetensors", "empty.onnx", "empty.parquet"]) File.WriteAllText(_folder[name], "");
        foreach (string name in (string[])["file", "text.txt", "text.safetensors", "text.onnx", "text.npz", "text.parquet", "text.png"]) File.WriteAllText(_folder[name], "Nothing that anybody asked for.\n");
        foreach (string name in (string[])["bytes.csv", "bytes.txt", "bytes.png", "bytes.onnx", "bytes.safetensors"]) File.WriteAllBytes(_folder[name], [.. Enumerable.Range(0, 999).Select(i => (byte)(37 * i * i + i))]);
        File.WriteAllText(_folder["head.csv"], "a,b\n");
        File.WriteAllText(_folder["ragged.csv"], "a,b\n1,2\n3\n4,5,6\n");
        File.WriteAllText(_folder["table.csv"], "a,b\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i},{i % 7}\n")));
        byte[] picture = new Image(20, 30, PixelFormat.Gray).Encode();
        File.WriteAllBytes(_folder["picture.png"], picture);
        File.WriteAllBytes(_folder["cut.png"], picture[..^20]);
        Safetensors.Save(_folder["wrong", "model.safetensors"], new Linear(3, 4).StateDict());
        SavedNetwork.Save(_folder["net.safetensors"], new MomentNet(), "best");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("guess-the-correlation --quick --out file/x")]
    [InlineData("guess-the-correlation --quick --data file")]
    [InlineData("guess-the-correlation --quick --data file/x")]
    [InlineData("guess-the-correlation --quick --data empty --train 2000000000")]
    [InlineData("evaluate --model none.safetensors --data empty")]
    [InlineData("evaluate --model text.safetensors --data empty")]
    [InlineData("evaluate --model empty.safetensors --data empty")]
    [InlineData("evaluate --model bytes.safetensors --data empty")]
    [InlineData("evaluate --model wrong/model.safetensors --data empty")]
    [InlineData("evaluate --model folder --data empty")]
    [InlineData("evaluate --model net.safetensors --data empty")]
    [InlineData("evaluate --model net.safetensors --data none")]
    [InlineData("evaluate --model net.safetensors --data file")]
    [InlineData("predict --model none.safetensors picture.png")]
    [InlineData("predict --model text.safetensors picture.png")]
    [InlineData("predict --model wrong/model.safetensors picture.png")]
    [InlineData("predict --model folder picture.png")]
    [InlineData("predict --model net.safetensors none.png")]
    [InlineData("predict --model net.safetensors empty.png")]
    [InlineData("predict --model net.safetensors text.png")]
    [InlineData("predict --model net.safetensors bytes.png")]
    [InlineData("predict --model net.safetensors cut.png")]
    [InlineData("predict --model net.safetensors folder")]
    [InlineData("data generate --out file --count 3")]
    [InlineData("data generate --out file/x --count 3")]
    [InlineData("data show --data none --out a.png")]
    [InlineData("data show --data empty --out a.png")]
    [InlineData("data show --data file --out a.png")]
    [InlineData("what-if linear --quick --out file/x")]
    [InlineData("what-if digits --quick --digits none")]
    [InlineData("what-if digits --quick --digits empty")]
    [InlineData("train-images --data none")]
    [InlineData("train-images --data empty")]
    [InlineData("train-images --data file")]
    [InlineData("train-images --quick --out file/x")]
    [InlineData("train-images --quick --weights none.safetensors")]
    [InlineData("train-images --quick --weights text.safetensors")]
    [InlineData("train-images --quick --weights folder")]
    [InlineData("classify --model none picture.png")]
    [InlineData("classify --model empty picture.png")]
    [InlineData("classify --model wrong picture.png")]
    [InlineData("classify --model file picture.png")]
    [InlineData("train-table --target a --data none.csv")]
    [InlineData("train-table --target a --data empty.csv")]
    [InlineData("train-table --target a --data head.csv")]
    [InlineData("train-table --target a --data ragged.csv")]
    [InlineData("train-table --target a --data bytes.csv")]
    [InlineData("train-table --target a --data folder")]
    [InlineData("train-table --target a --data none.parquet")]
    [InlineData("train-table --target a --data empty.parquet")]
    [InlineData("train-table --target a --data text.parquet")]
    [InlineData("train-table --quick --out file/x")]
    [InlineData("predict-table --model none table.csv")]
    [InlineData("predict-table --model empty table.csv")]
    [InlineData("predict-table --model wrong table.csv")]
    [InlineData("predict-table --model file table.csv")]
    [InlineData("serve --model none")]
    [InlineData("serve --model text.onnx")]
    [InlineData("serve --model empty.onnx")]
    [InlineData("serve --model bytes.onnx")]
    [InlineData("serve --model text.safetensors")]
    [InlineData("serve --model file")]
    [InlineData("serve --model wrong")]
    [InlineData("play --model none")]
    [InlineData("play --model empty")]
    [InlineData("play --model file")]
    [InlineData("play --model text.safetensors")]
    [InlineData("play --model wrong")]
    [InlineData("watch none")]
    [InlineData("watch file")]
    [InlineData("text-classification --data none")]
    [InlineData("text-classification --data empty")]
    [InlineData("text-classification --data empty.csv")]
    [InlineData("text-classification --data head.csv")]
    [InlineData("text-classification --data bytes.csv")]
    [InlineData("text-classification --data file")]
    [InlineData("text-classification --quick --out file/x")]
    [InlineData("classify-text --model none word")]
    [InlineData("classify-text --model empty word")]
    [InlineData("classify-text --model wrong word")]
    [InlineData("classify-text --model file word")]
    [InlineData("language-model --quick --text none.txt")]
    [InlineData("language-model --quick --text empty.txt")]
    [InlineData("language-model --quick --text bytes.txt")]
    [InlineData("language-model --quick --text folder")]
    [InlineData("language-model --quick --text text.txt")]
    [InlineData("language-model --quick --out file/x")]
    [InlineData("generate --model none --prompt a")]
    [InlineData("generate --model empty --prompt a")]
    [InlineData("generate --model wrong --prompt a")]
    [InlineData("generate --model file --prompt a")]
    [InlineData("time-series --data none.csv")]
    [InlineData("time-series --data empty.csv")]
    [InlineData("time-series --data head.csv")]
    [InlineData("time-series --data ragged.csv")]
    [InlineData("time-series --data bytes.csv")]
    [InlineData("time-series --data folder")]
    [InlineData("time-series --quick --out file/x")]
    [InlineData("weights show none.safetensors")]
    [InlineData("weights show empty.safetensors")]
    [InlineData("weights show bytes.safetensors")]
    [InlineData("weights show text.npz")]
    [InlineData("weights show text.txt")]
    [InlineData("weights show empty")]
    [InlineData("weights convert none.safetensors a.npz")]
    [InlineData("weights convert text.safetensors a.npz")]
    [InlineData("weights convert wrong/model.safetensors a.npy")]
    [InlineData("weights convert wrong/model.safetensors file/a.npz")]
    [InlineData("export --model none --out a.onnx")]
    [InlineData("export --model empty --out a.onnx")]
    [InlineData("export --model wrong --out a.onnx")]
    [InlineData("export --model file --out a.onnx")]
    [InlineData("onnx show none.onnx")]
    [InlineData("onnx show empty.onnx")]
    [InlineData("onnx show text.onnx")]
    [InlineData("onnx show bytes.onnx")]
    [InlineData("onnx show folder")]
    [InlineData("onnx run none.onnx --inputs text.npz --out o.npz")]
    [InlineData("onnx run text.onnx --inputs text.npz --out o.npz")]
    public void What_cannot_be_read_or_written_is_said_in_one_sentence(string line)
    {
        var result = Tool.RunIn(_folder.Path, line.Split(' '));
        result.AssertFailed(1);
        Assert.DoesNotContain("fault of candeia", result.Error, StringComparison.Ordinal);
        Assert.InRange(result.Error.TrimEnd().Length, 20, 400);
    }

    [Theory]
    [InlineData("guess-the-correlation --epochs 1e9")]
    [InlineData("guess-the-correlation --batch-size 99999999999999999999")]
    [InlineData("guess-the-correlation --recipe worst")]
    [InlineData("guess-the-correlation --device mars")]
    [InlineData("guess-the-correlation extra")]
    [InlineData("evaluate")]
    [InlineData("predict --model net.safetensors")]
    [InlineData("predict --json picture.png")]
    [InlineData("data generate --out x --count -1")]
    [InlineData("data generate --out x --count 3.5")]
    [InlineData("data generate --out x --count 2000000000")]
    [InlineData("data show --data empty")]
    [InlineData("what-if nothing")]
    [InlineData("train-images --size 1000000")]
    [InlineData("train-images --size 8")]
    [InlineData("train-images --model nothing")]
    [InlineData("train-images --epochs zero")]
    [InlineData("classify --model empty")]
    [InlineData("classify --model empty --top 0 picture.png")]
    [InlineData("train-table --hidden 1000000")]
    [InlineData("train-table --rows 1")]
    [InlineData("train-table --learning-rate Infinity")]
    [InlineData("predict-table table.csv")]
    [InlineData("serve --model empty --max-batch 0")]
    [InlineData("serve --model empty --queue -1")]
    [InlineData("play --port 99999")]
    [InlineData("watch")]
    [InlineData("watch empty --port x")]
    [InlineData("text-classification --train 0")]
    [InlineData("classify-text --model empty")]
    [InlineData("language-model --layers 0")]
    [InlineData("language-model --heads 3 --width 16")]
    [InlineData("generate --model empty --prompt a --length 0")]
    [InlineData("generate --model empty --prompt a --device mars")]
    [InlineData("time-series --weeks 0")]
    [InlineData("weights show")]
    [InlineData("weights convert wrong/model.safetensors a.txt")]
    [InlineData("weights convert wrong/model.safetensors a.npz --type int8")]
    [InlineData("export --model empty")]
    [InlineData("onnx run text.onnx --inputs text.npz --out o.npz --repeat 0")]
    [InlineData("bench step --epochs 3")]
    [InlineData("devices extra")]
    public void What_cannot_be_meant_is_refused_before_anything_is_done(string line)
    {
        string[] before = [.. _folder.Files];
        Tool.RunIn(_folder.Path, line.Split(' ')).AssertRefused(2);
        Assert.Equal(before, _folder.Files);
    }
}
