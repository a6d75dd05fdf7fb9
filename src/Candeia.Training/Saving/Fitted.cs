using System.Security.Cryptography;
using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>
/// Trained models on the disk: a folder with <c>model.safetensors</c>, which PyTorch reads too, <c>training.json</c>, <c>model-card.md</c> for
/// people,
/// <c>preprocessing.json</c> where inputs are made of something else, and <c>loss.safetensors</c> where the loss has learnt too.</summary>
/// <remarks>What is loaded holds numbers and texts only: the type of the model is named by the program, never by a file.</remarks>
public static class Fitted
{
    const string Weights = "model.safetensors", Loss = "loss.safetensors", Training = "training.json", Card = "model-card.md";
    internal const string Preprocessing = "preprocessing.json";

    /// <summary>Writes weights, history and settings into a folder: all of it, or nothing. Optimizers are not part of it: what is loaded begins its next fit with new ones.</summary>
    /// <param name="fitted">What was trained.</param>
    /// <param name="folder">Is made where it is not there.</param>
    /// <param name="notes">The names of classes, what is done to inputs, and what the card says; those that a loaded model came with, unless others
    /// are given.</param>
    public static void Save<TModel>(this Fitted<TModel> fitted, string folder, ModelNotes? notes = null) where TModel : Module
    {
        ArgumentNullException.ThrowIfNull(fitted);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        string weights = Path.Combine(folder, Weights), lost = Path.Combine(folder, Loss), training = Path.Combine(folder, Training);
        string card = Path.Combine(folder, Card), prepared = Path.Combine(folder, Preprocessing);
        var (model, learner, history) = (fitted.Model, fitted.Learner, fitted.History);
        notes ??= fitted.Notes;
        var loss = learner.LossModule?.StateDict().Count > 0 ? learner.LossModule : null;
        foreach (string file in new[] { weights, lost, training, card, prepared }) WholeFile.CleanUp(file);
        using var files = FilesTogether.Begin();
        model.Save(weights);
        loss?.Save(lost);
        notes.Preprocessing?.Save(prepared);
        var saved = new SavedTraining(
            SavedTraining.Version, typeof(TModel).Name, model.Parameters().Sum(p => p.Numel), [.. (fitted.Optimizers ?? []).Select(o => o.GetType().Name)],
            [.. learner.Metrics.Select(m => m.Name)], Hash(files.Now(weights)), history,
            fitted.Steps, loss is null ? null : Hash(files.Now(lost)), notes,
            notes.Preprocessing is null ? null : Hash(files.Now(prepared)));
        WholeFile.Write(training, saved.ToJson());
        WholeFile.Write(card, new ModelCard(saved, notes.Preprocessing).ToString());
        files.Complete();
        if (loss is null) File.Delete(lost);
        if (notes.Preprocessing is null) File.Delete(prepared);
    }

    /// <summary>A model that was saved, in evaluation mode, with the history of its training.</summary>
    /// <exception cref="CheckpointException">A file is missing or damaged, or the weights are those of another model.</exception>
    public static Fitted<TModel> Load<TModel>(string folder) where TModel : Module, new() => Load(folder, () => new TModel());

    /// <summary>A saved model whose constructor has arguments: <c>Fitted.Load("runs/a", () =&gt; new Net(features: 10))</c>.</summary>
    /// <remarks>It predicts at once. To measure or to train it, give it a loss and an optimizer with Setup, or load it into a learner.</remarks>
    /// <exception cref="CheckpointException">A file is missing or damaged, or the weights are those of another model.</exception>
    public static Fitted<TModel> Load<TModel>(string folder, Func<TModel> make) where TModel : Module
    {
        ArgumentNullException.ThrowIfNull(make);
        return Load(folder, new Learner<TModel>(Unfilled(make), Lost, _ => throw new InvalidOperationException(Remedy), []) { Callbacks = Setups.Usual() });
    }

    /// <summary>
    /// A saved model with the preprocessing that it was saved with, to be asked with what users have:
    /// <c>Fitted.Load("runs/flats", () =&gt; new Net(), TableEncoder.Load).Predict(rows)</c>.
    /// </summary>
    /// <param name="folder">The folder that it was saved into.</param>
    /// <param name="make">Makes a model of the same kind.</param>
    /// <param name="preprocessing">Reads the preprocessing from a file: <c>TableEncoder.Load</c>, <c>PictureInput.Load</c>,
    /// <c>TextEncoding.Load</c>.</param>
    /// <exception cref="CheckpointException">A file is missing or damaged, the weights are those of another model, or it was saved without a
    /// preprocessing.</exception>
    public static SavedModel<TModel, TAsked> Load<TModel, TAsked>(string folder, Func<TModel> make, Func<string, IPreprocessing<TAsked>> preprocessing)
        where TModel : Module
    {
        ArgumentNullException.ThrowIfNull(preprocessing);
        var fitted = Load(folder, make);
        string file = Path.Combine(folder, Preprocessing);
        try
        {
            if (SavedTraining.Read(Path.Combine(folder, Training)).PreprocessingSha256 is not { } hash)
                throw new CheckpointException($"{folder} was saved without a preprocessing; "
                    + "save it with one, fitted.Save(folder, new ModelNotes { Preprocessing = … }), or load it without.");
            if (Hash(file) != hash)
                throw new CheckpointException($"{file} is not the file that {Training} was saved with; save the model again, or load it without its preprocessing.");
            var read = preprocessing(file);
            return new(fitted.Noted(fitted.Notes with { Preprocessing = read }), read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"The preprocessing of {folder} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>A saved model together with what measures and trains it: its weights are written into the learner's model.</summary>
    /// <exception cref="CheckpointException">A file is missing or damaged, or the weights are those of another model.</exception>
    public static Fitted<TModel> Load<TModel>(string folder, Learner<TModel> learner) where TModel : Module
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(learner);
        string weights = Path.Combine(folder, Weights), lost = Path.Combine(folder, Loss), training = Path.Combine(folder, Training);
        try
        {
            var saved = SavedTraining.Read(training);
            var loss = saved.LossSha256 is null ? null : learner.LossModule;
            foreach (string file in new[] { Hash(weights) != saved.WeightsSha256 ? weights : null, loss is not null && Hash(lost) != saved.LossSha256 ? lost : null }.OfType<string>())
                throw new CheckpointException(
                    $"{file} is not the file that {Training} was saved with: a file was replaced or damaged, or the saving was interrupted. " +
                    "Save the model again, or load the weights alone with model.Load.");
            try { learner.Model.Load(weights); }
            catch (StateDictException e) when (saved.Model != typeof(TModel).Name)
            {
                throw new CheckpointException($"{folder} holds a {saved.Model} and not a {typeof(TModel).Name}: {e.Message}", e);
            }
            loss?.Load(lost);
            learner.Model.Eval();
            learner.LossModule?.Eval();
            return new(learner, saved.History, steps: saved.Steps, notes: saved.Notes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or TensorFileException or StateDictException)
        {
            throw new CheckpointException($"No model can be loaded from {folder}: {e.Message}", e);
        }
    }

    // Its weights come from a file.
    static TModel Unfilled<TModel>(Func<TModel> make)
    {
        using var _ = Init.Skip();
        return make();
    }

    static string Hash(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    const string Remedy = "This model was loaded without its loss and optimizer. " +
        "Give it both with model.Setup(…), or load it into a learner: Fitted.Load(folder, learner).";

    static Tensor Lost(Tensor output, Tensor target) => throw new InvalidOperationException(Remedy);
}
