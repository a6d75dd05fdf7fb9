using Candeia.Datasets;
using Candeia.NN;

namespace Candeia.Experiments;

/// <summary>A network that predicts a column, with all that it takes to use it: in a folder <c>model.safetensors</c>, and <c>table.json</c> for the way from a row to numbers.</summary>
sealed class TableModel(TableEncoder encoder, TableNet net)
{
    public const string Weights = "model.safetensors", Encoding = "table.json", Card = "model-card.md";
    const int Batch = 4096;

    public TableEncoder Encoder => encoder;

    public TableNet Net => net;

    /// <summary>What it says of each row of a table.</summary>
    public TablePredictions Predict(DataFrame table) => Predict(encoder.Encode(table));

    /// <summary>What it says of encoded rows, [n, features].</summary>
    public TablePredictions Predict(Tensor x)
    {
        using var mode = Mode.Evaluation();
        using var noGrad = Autograd.NoGrad();
        List<double> all = [];
        for (int from = 0; from < x.Shape[0]; from += Batch)
        {
            using var scope = Scope.Begin();
            var output = x[from..Math.Min(from + Batch, x.Shape[0])].Apply(net);
            all.AddRange(encoder.Task == TableTask.Regression ? encoder.Decode(output) : output.Softmax(1).ToArray<double>());
        }
        return new([.. all], encoder.Classes);
    }

    /// <summary>Writes all of it into a folder, together with what people should know of it.</summary>
    public void Save(string folder, string card)
    {
        using var all = FilesTogether.Begin();
        net.Save(Path.Combine(folder, Weights));
        encoder.Save(Path.Combine(folder, Encoding));
        WholeFile.Write(Path.Combine(folder, Card), card);
        all.Complete();
    }

    /// <exception cref="UserException">The folder holds no such model, or its files do not belong together.</exception>
    public static TableModel Load(string folder)
    {
        const string remedy = "name the folder 'model' that train-table wrote";
        string weights = Path.Combine(folder, Weights), encoding = Path.Combine(folder, Encoding);
        if (!File.Exists(weights) || !File.Exists(encoding)) throw new UserException($"'{folder}' does not hold {Weights} and {Encoding}; {remedy}.");
        var encoder = TableEncoder.Load(encoding);
        try
        {
            var state = Safetensors.Load(weights);
            int outputs = Math.Max(1, encoder.Classes.Count);
            // The sizes of the layers follow from the file, which has no more bytes than it says.
            int[] widths = [.. Enumerable.Range(0, state.Count).Select(i => state.GetValueOrDefault($"hidden.{i}.weight")).TakeWhile(w => w is { Rank: 2 }).Select(w => w!.Shape[0])];
            if (state.GetValueOrDefault("head.weight") is not { Rank: 2 } head || head.Shape[0] != outputs) throw Unlike();
            var net = new TableNet(encoder.Features.Count, widths, outputs);
            net.LoadStateDict(state);
            net.Eval();
            return new(encoder, net);
        }
        catch (Exception e) when (e is StateDictException or TensorFileException)
        {
            throw Unlike(e);
        }

        UserException Unlike(Exception? inner = null) => new($"'{weights}' does not hold the network that '{Encoding}' beside it speaks of; {remedy}.", inner);
    }
}

/// <summary>What a model says of rows.</summary>
/// <param name="Values">A number for each row; of classes their probabilities, row by row.</param>
/// <param name="Classes">Their names; none for numbers.</param>
sealed record TablePredictions(double[] Values, IReadOnlyList<string> Classes)
{
    public int Count => Values.Length / Math.Max(1, Classes.Count);

    /// <summary>The likeliest class of a row.</summary>
    public int Class(int row) => Enumerable.Range(0, Classes.Count).MaxBy(c => Probability(row, c));

    public double Probability(int row, int @class) => Values[row * Classes.Count + @class];

    /// <summary>Class or number of a row, as it is written into files.</summary>
    public string Text(int row) => Classes.Count > 0 ? Classes[Class(row)] : FormattableString.Invariant($"{Values[row]:G7}");
}
