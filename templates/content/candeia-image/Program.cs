// What is on a picture?
//
//     dotnet run                              learns from shapes that it draws
//     dotnet run -- FOLDER                    learns from your own pictures: FOLDER/cat/1.jpg, FOLDER/dog/2.png, …

using Candeia;
using Candeia.Data;
using Candeia.Datasets;
using Candeia.Images;
using Candeia.NN;
using Candeia.Training;
using Candeia.Vision;

Generator.Seed(1);
var folder = args.Length > 0 ? new ImageFolder(args[0]) : null;
Dataset<LabelledImage> pictures = folder is null ? new DrawnShapes(480, 40) : folder;
var (train, valid) = pictures.Split(0.8, seed: 1);

// The names of networks are in VisionModels.Names; a larger one and larger pictures take longer and know more.
var classifier = new ImageClassifier("resnet18", folder?.Classes ?? DrawnShapes.Classes, size: 32);
var fitted = classifier.Network
    .Setup(loss: (scores, truth) => scores.CrossEntropyLoss(truth), optimizer: p => new AdamW(p, 2e-3), new Accuracy())
    .With(new LearningRateSchedule(steps => new OneCycleSchedule(2e-3, steps), Per.Batch))
    .Fit(train.Map(classifier.Augment(0.6)).Loader(32, shuffle: true, workers: 2), epochs: 3, valid.Map(classifier.Preprocess).Loader(32));

Console.WriteLine($"{fitted.History.Epochs[^1]["valid_accuracy"]:P0} of {valid.Count} other pictures are named rightly.");
Image picture = valid[0].Picture;
foreach (var guess in classifier.Classify(picture).Take(3)) Console.WriteLine($"{guess.Class,10} {guess.Probability:P0}");

// Network, classes and size. ImageClassifier.Load("model") has it back.
classifier.Save("model");
Console.WriteLine("Saved in the folder 'model'.");
